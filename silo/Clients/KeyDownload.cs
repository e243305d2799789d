using System.Net;
using System.Net.Sockets;
using Tumbler.Core.Clients;

namespace Tumbler.Silo.Clients;

/// <summary>Gets the keys of clients from where these say they are. Who may register a client chooses the address, so it is looked at when
/// the connection is made, whatever the name stood for before; and nothing is followed from there.</summary>
public sealed partial class KeyDownload : IDisposable
{
    private const int MaxSize = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly KeyAddresses addresses;
    private readonly TimeProvider machineClock;
    private readonly ILogger log;
    private readonly HttpClient http;

    public KeyDownload(KeyAddresses addresses, TimeProvider machineClock, ILogger<KeyDownload> log, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        (this.addresses, this.machineClock, this.log) = (addresses, machineClock, log);
        resolve ??= Dns.GetHostAddressesAsync;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, stop) => Connect(context.DnsEndPoint, resolve, stop),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Null when that did not succeed.</summary>
    public async Task<byte[]?> Get(Uri uri)
    {
        using var patience = new CancellationTokenSource(Patience, machineClock);
        try
        {
            using var response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new HttpRequestException($"It answered {(int)response.StatusCode}.");
            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            var answer = new byte[MaxSize + 1];
            var length = await body.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, patience.Token);
            return length <= MaxSize ? answer[..length] : throw new HttpRequestException($"It answered more than {MaxSize / 1024} KB.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or SocketException)
        {
            LogFailed(uri.GetLeftPart(UriPartial.Path), e is OperationCanceledException ? "It took too long." : e.GetBaseException().Message);
            return null;
        }
    }

    public void Dispose() => http.Dispose();

    private async ValueTask<Stream> Connect(DnsEndPoint end, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken stop)
    {
        var all = IPAddress.TryParse(end.Host, out var literal) ? [literal] : await resolve(end.Host, stop);
        var admitted = Array.FindAll(all, addresses.Admits);
        if (admitted.Length == 0)
            throw new HttpRequestException(all.Length == 0 ? "Its name stands for no address." : "It leads into an inner network.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(admitted, end.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The keys of a client could not be fetched from {Address}: {Problem}")]
    private partial void LogFailed(string address, string problem);
}
