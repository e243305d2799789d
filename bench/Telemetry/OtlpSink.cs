using System.Net;
using Tumbler.Bench.Load;

namespace Tumbler.Bench.Telemetry;

/// <summary>A collector that takes everything and keeps nothing.</summary>
internal sealed class OtlpSink : IDisposable
{
    private readonly HttpListener listener = new();

    public OtlpSink()
    {
        listener.Prefixes.Add($"{Address}/");
        listener.Start();
        _ = Take();
    }

    public string Address { get; } = $"http://127.0.0.1:{Silo.FreePort()}";

    /// <summary>How many pushes have come.</summary>
    public int Taken { get; private set; }

    public void Dispose() => listener.Close();

    private async Task Take()
    {
        try
        {
            while (true)
            {
                var http = await listener.GetContextAsync();
                await http.Request.InputStream.CopyToAsync(Stream.Null);
                http.Response.Close();
                Taken++;
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }
}
