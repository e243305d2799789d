using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Monitoring;

/// <summary>A collector of the stories' own: takes what is pushed by OTLP over HTTP, and keeps it.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener listener = new();

    public OtlpReceiver()
    {
        listener.Prefixes.Add($"{Address}/");
        listener.Start();
        _ = Take();
    }

    public string Address { get; } = FormattableString.Invariant($"http://127.0.0.1:{ClusterHome.FreePort()}");

    /// <summary>Protobuf, with the texts in it as they are.</summary>
    public ConcurrentQueue<(string Path, string? Key, string Body)> Received { get; } = [];

    public void Dispose() => listener.Close();

    private async Task Take()
    {
        try
        {
            while (true)
            {
                var http = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await http.Request.InputStream.CopyToAsync(body);
                Received.Enqueue((http.Request.RawUrl!, http.Request.Headers["x-key"], Encoding.Latin1.GetString(body.ToArray())));
                http.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }
}
