using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Listening;
using Tumbler.Tests.Certificates;
using Tumbler.Tests.Clock;

namespace Tumbler.Silo.Tests.Listening;

public sealed class ServerCertificateTests : IDisposable
{
    private readonly TestAuthority authority = new();
    private readonly ManualClock clock = new(TimeProvider.System.GetUtcNow());
    private readonly List<SettingError> errors = [];

    public void Dispose() => authority.Dispose();

    [Fact]
    public async Task Callers_are_asked_for_a_certificate_and_need_none()
    {
        var certificate = Load(authority.Issue("server"))!;
        await using var server = await Serve(certificate);
        using var selfSigned = TestCertificates.Issue();

        Assert.Equal(("-", certificate.Own.Thumbprint), await Ask(server, null));
        Assert.Equal((selfSigned.Thumbprint, certificate.Own.Thumbprint), await Ask(server, selfSigned));
    }

    [Fact]
    public async Task A_certificate_that_is_replaced_is_shown_to_the_next_caller()
    {
        var path = authority.Issue("server");
        var certificate = Load(path)!;
        await using var server = await Serve(certificate);
        var (_, before) = await Ask(server, null);

        authority.Issue("server");
        certificate.Look();

        var (_, after) = await Ask(server, null);
        Assert.NotEqual(before, after);
        Assert.Equal(certificate.Own.Thumbprint, after);
    }

    [Fact]
    public async Task The_chain_in_the_file_is_sent_along()
    {
        var path = authority.Issue("server");
        File.AppendAllText(path, authority.Pem);
        await using var server = await Serve(Load(path)!);
        var chain = 0;

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(server.Urls.Single()).Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream(), false, (_, _, built, _) =>
        {
            chain = built!.ChainPolicy.ExtraStore.Count;
            return true;
        });
        await tls.AuthenticateAsClientAsync("localhost");

        Assert.Equal(1, chain);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("half written")]
    [InlineData("expired")]
    public void What_can_not_be_used_does_not_replace_what_can(string now)
    {
        var path = authority.Issue("server");
        var certificate = Load(path)!;
        var before = certificate.Own;

        if (now == "gone")
            File.Delete(path);
        else
            File.WriteAllText(path, now == "expired" ? authority.Pems("server", TimeSpan.FromDays(-1)) : File.ReadAllText(path)[..400]);
        certificate.Look();

        Assert.Same(before, certificate.Own);
    }

    [Fact]
    public void A_start_names_the_setting_of_what_is_wrong()
    {
        Assert.Null(Load(authority.Path));
        Assert.Null(Load(authority.Issue("old", TimeSpan.FromMinutes(-1))));
        Assert.Null(Load(authority.Issue("client-only", uses: [new("1.3.6.1.5.5.7.3.2")])));
        Assert.All(errors, error => Assert.Equal("Listen:Certificate:Path", error.Name));
        Assert.Collection(
            errors,
            error => Assert.Contains("can't be opened", error.Message, StringComparison.Ordinal),
            error => Assert.Contains("expired", error.Message, StringComparison.Ordinal),
            error => Assert.Contains("is not for servers", error.Message, StringComparison.Ordinal));
        Assert.NotNull(Load(authority.Issue("for-everything", uses: [])));
    }

    private ServerCertificate? Load(string path) =>
        ServerCertificate.Load(new ListenTlsOptions(path, null), clock, NullLogger.Instance, errors);

    private static async Task<WebApplication> Serve(ServerCertificate certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseServerTls(certificate).UseUrls("https://127.0.0.1:0");
        var server = builder.Build();
        server.Run(http => http.Response.WriteAsync(http.Connection.ClientCertificate?.Thumbprint ?? "-"));
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <returns>Whom the server saw, and whom the client.</returns>
    private static async Task<(string, string)> Ask(WebApplication server, X509Certificate2? certificate)
    {
        var shown = "";
        using var handler = new SocketsHttpHandler
        {
            SslOptions =
            {
                ClientCertificates = certificate is null ? null : [certificate],
                RemoteCertificateValidationCallback = (_, remote, _, _) =>
                {
                    shown = ((X509Certificate2)remote!).Thumbprint;
                    return true;
                },
            },
        };
        using var client = new HttpClient(handler);
        return (await client.GetStringAsync(new Uri(server.Urls.Single()), TestContext.Current.CancellationToken), shown);
    }
}
