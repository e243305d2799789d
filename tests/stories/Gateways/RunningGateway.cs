using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Gateways;

/// <summary>A gateway in a process of its own.</summary>
/// <param name="authority">PEM of who has signed the gateway's own certificate.</param>
internal sealed class RunningGateway(Uri url, string authority, LoggedProcess process) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Uri Url => url;

    public async Task<RunningGateway> Ready()
    {
        await Listens(url.Port, process);
        return this;
    }

    /// <summary>Waits until somebody does on this port.</summary>
    public static Task Listens(int port, LoggedProcess process) => Until.True($"{port} is listened on", Patience, async () =>
    {
        Assert.False(process.HasExited, $"The process ended:\n{process.Output}{process.Errors}");
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    public Task<GatewayAnswer> Get(string path, params (string Name, string Value)[] headers) => Ask(HttpMethod.Get, path, null, headers);

    /// <param name="path">Sent as it is: no dots are resolved.</param>
    /// <param name="certificate">PEM with its private key, or null.</param>
    public async Task<GatewayAnswer> Ask(HttpMethod method, string path, string? certificate, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(Handler(certificate)) { Timeout = Patience };
        var raw = new Uri($"{url.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, raw);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new GatewayAnswer(
            answer.StatusCode,
            answer.Headers.WwwAuthenticate.ToString(),
            answer.StatusCode == HttpStatusCode.OK ? JsonSerializer.Deserialize<Echoed>(body, Wire.Json) : null);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.End(Patience);
        process.Dispose();
    }

    private SocketsHttpHandler Handler(string? certificate)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(authority));
        var tls = new SslClientAuthenticationOptions { CertificateChainPolicy = trust };
        if (certificate is not null)
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificate), null, offline: true);
        return new SocketsHttpHandler { SslOptions = tls, AllowAutoRedirect = false };
    }
}
