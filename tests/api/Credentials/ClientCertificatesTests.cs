using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tumbler.Api.Credentials;
using Tumbler.Api.Proxies;
using Tumbler.Api.Tests.Http;
using Tumbler.Core.Addresses;
using Tumbler.Core.Proxies;
using Tumbler.Tests.Certificates;

namespace Tumbler.Api.Tests.Credentials;

/// <summary>Over real connections: whose word counts depends on who is at their other end.</summary>
public sealed class ClientCertificatesTests : IDisposable
{
    private readonly X509Certificate2 server = TestCertificates.Issue(forClients: false);
    private readonly X509Certificate2 client = TestCertificates.Issue();
    private readonly X509Certificate2 proxy = TestCertificates.Issue();

    public void Dispose()
    {
        server.Dispose();
        client.Dispose();
        proxy.Dispose();
    }

    [Fact]
    public async Task From_a_trusted_proxy_the_header_counts()
    {
        await using var edge = await Serve(trusted: true);

        Assert.Equal(client.Thumbprint, await Ask(edge, ("X-Client-Cert", Header(client))));
        Assert.Equal(client.Thumbprint, await Ask(edge, ("X-Client-Cert", $":{Convert.ToBase64String(client.RawData)}:")));
        Assert.Equal("-", await Ask(edge, ("X-Client-Cert", "nonsense")));
        Assert.Equal("-", await Ask(edge, ("X-Client-Cert", Header(client)), ("X-Client-Cert", Header(proxy))));
        Assert.Equal("-", await Ask(edge, ("Client-Cert", $":{Convert.ToBase64String(client.RawData)}:")));
        Assert.Equal("-", await Ask(edge));
    }

    [Fact]
    public async Task From_anybody_else_it_does_not()
    {
        await using var edge = await Serve(trusted: false);

        Assert.Equal("-", await Ask(edge, ("X-Client-Cert", Header(client))));
    }

    [Fact]
    public async Task Another_header_can_be_the_one()
    {
        await using var edge = await Serve(trusted: true, header: "Client-Cert");

        Assert.Equal(client.Thumbprint, await Ask(edge, ("Client-Cert", $":{Convert.ToBase64String(client.RawData)}:")));
        Assert.Equal("-", await Ask(edge, ("X-Client-Cert", Header(client))));
    }

    [Fact]
    public async Task Who_connects_by_TLS_is_known_by_what_he_has_shown_there()
    {
        await using var edge = await Serve(trusted: false, tls: true);

        Assert.Equal(client.Thumbprint, await Ask(edge, client));
        Assert.Equal(client.Thumbprint, await Ask(edge, client, ("X-Client-Cert", Header(proxy))));
        Assert.Equal("-", await Ask(edge));
    }

    [Fact]
    public async Task A_proxy_s_own_certificate_is_not_its_client_s()
    {
        await using var edge = await Serve(trusted: true, tls: true);

        Assert.Equal("-", await Ask(edge, proxy));
        Assert.Equal(client.Thumbprint, await Ask(edge, proxy, ("X-Client-Cert", Header(client))));
    }

    private static string Header(X509Certificate2 certificate) => Uri.EscapeDataString(certificate.ExportCertificatePem());

    private async Task<WebApplication> Serve(bool trusted, bool tls = false, string header = "X-Client-Cert")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().UseUrls(tls ? "https://127.0.0.1:0" : "http://127.0.0.1:0").ConfigureKestrel(kestrel =>
            kestrel.ConfigureHttpsDefaults(https =>
            {
                https.ServerCertificate = server;
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            }));
        builder.Services.AddSingleton(new ApiOptions(AdminKeyCheck.For(TestEdge.AdminKey))
        {
            ClientCertificateHeader = header,
            Proxies = trusted ? new TrustedProxies(new AddressList(["127.0.0.0/8"]), sockets: false) : TrustedProxies.None,
        });
        var edge = builder.Build();
        edge.UseMiddleware<ProxyHeaders>();
        edge.Run(http => http.Response.WriteAsync(http.ClientCertificate()?.Thumbprint ?? "-"));
        await edge.StartAsync(TestContext.Current.CancellationToken);
        return edge;
    }

    private Task<string> Ask(WebApplication edge, params (string Name, string Value)[] headers) => Ask(edge, null, headers);

    private async Task<string> Ask(WebApplication edge, X509Certificate2? certificate, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = { ClientCertificates = certificate is null ? null : [certificate], RemoteCertificateValidationCallback = (_, remote, _, _) => remote?.GetCertHashString() == server.Thumbprint },
        };
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, edge.Urls.Single());
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
