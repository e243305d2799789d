using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tumbler.Api.Credentials;
using Tumbler.Api.Proxies;
using Tumbler.Api.Requests;
using Tumbler.Core.Addresses;
using Tumbler.Core.Proxies;

namespace Tumbler.Api.Tests.Proxies;

/// <summary>What the rest of the pipeline sees of a request, on a real Kestrel.</summary>
public sealed class ProxyHeadersTests : IDisposable
{
    private const string Forwarded = "X-Forwarded-For: 6.6.6.6, 198.51.100.1\r\nX-Forwarded-Proto: https\r\n";

    private readonly string directory = Directory.CreateTempSubdirectory("tumbler-proxies-").FullName;

    private string Socket => Path.Combine(directory, "s");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("", Forwarded, "127.0.0.1 http False")]
    [InlineData("192.0.2.1;fd00::/8;unix", Forwarded, "127.0.0.1 http False")]
    [InlineData("127.0.0.1", Forwarded, "198.51.100.1 https True")]
    [InlineData("127.0.0.0/8", Forwarded, "198.51.100.1 https True")]
    [InlineData("::ffff:127.0.0.0/104", Forwarded, "198.51.100.1 https True")]
    [InlineData("127.0.0.1", "", "127.0.0.1 http True")]
    [InlineData("127.0.0.1", "X-Forwarded-For: rubbish\r\nX-Forwarded-Proto: gopher\r\n", "127.0.0.1 http True")]
    [InlineData("127.0.0.1", "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: [2001:db8::1]:4711\r\n", "2001:db8::1 http True")]
    [InlineData("127.0.0.1", "Forwarded: for=6.6.6.6;proto=https\r\nX-Real-IP: 6.6.6.6\r\nX-Forwarded-Host: evil\r\n", "127.0.0.1 http True")]
    public async Task Headers_are_believed_of_known_proxies_only(string trusted, string headers, string seen) =>
        Assert.EndsWith($"\r\n\r\n{seen}", await Ask("http://127.0.0.1:0", trusted, headers), StringComparison.Ordinal);

    [Theory]
    [InlineData("", Forwarded, "local http False")]
    [InlineData("127.0.0.1", Forwarded, "local http False")]
    [InlineData("unix", Forwarded, "198.51.100.1 https True")]
    [InlineData("unix", "", "local http True")]
    public async Task A_unix_socket_is_trusted_when_it_is_said(string trusted, string headers, string seen) =>
        Assert.EndsWith($"\r\n\r\n{seen}", await Ask($"http://unix:{Socket}", trusted, headers), StringComparison.Ordinal);

    private async Task<string> Ask(string url, string trusted, string headers)
    {
        var names = trusted.Split(';', StringSplitOptions.RemoveEmptyEntries);
        var proxies = new TrustedProxies(new AddressList(names.Where(name => name != "unix")), names.Contains("unix"));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.Services.AddSingleton(new ApiOptions(AdminKeyCheck.For("key")) { Proxies = proxies });
        await using var app = builder.Build();
        app.UseMiddleware<ProxyHeaders>();
        app.Run(http => http.Response.WriteAsync($"{http.Source()} {http.Request.Scheme} {http.CameFromProxy()}"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return await Exchange(app.Urls.Single(), $"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
    }

    private async Task<string> Exchange(string url, string request)
    {
        using var socket = url.Contains("unix", StringComparison.Ordinal)
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        System.Net.EndPoint address = url.Contains("unix", StringComparison.Ordinal)
            ? new UnixDomainSocketEndPoint(Socket)
            : new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, new Uri(url).Port);
        await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Dechunked(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The body is one chunk.</summary>
    private static string Dechunked(string answer)
    {
        var (head, body) = answer.Split("\r\n\r\n", 2) switch { [var h, var b] => (h, b), _ => (answer, "") };
        return head.Contains("chunked", StringComparison.Ordinal) ? $"{head}\r\n\r\n{body.Split("\r\n")[1]}" : answer;
    }
}
