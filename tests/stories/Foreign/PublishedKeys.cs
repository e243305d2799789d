using System.Globalization;
using System.Net;
using System.Text.Json;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Foreign;

/// <summary>Where a client publishes its keys.</summary>
internal sealed class PublishedKeys : IDisposable
{
    private readonly HttpListener listener = new();
    private int requests;

    public PublishedKeys(JsonElement key)
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{SiloHome.FreePort()}/jwks/");
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = Serve(JsonSerializer.SerializeToUtf8Bytes(new { keys = new[] { key } }));
    }

    public string Address { get; }

    public int Requests => requests;

    public void Dispose() => listener.Close();

    private async Task Serve(byte[] answer)
    {
        try
        {
            while (true)
            {
                var call = await listener.GetContextAsync();
                Interlocked.Increment(ref requests);
                call.Response.OutputStream.Write(answer);
                call.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
