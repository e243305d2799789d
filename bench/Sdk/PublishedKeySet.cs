using System.Net;
using System.Text;

namespace Tumbler.Bench.Sdk;

/// <summary>An issuer, as far as a verifier needs one.</summary>
internal sealed class PublishedKeySet : IDisposable
{
    private readonly HttpListener listener = new();

    public PublishedKeySet(string keySet)
    {
        Url = $"http://127.0.0.1:{Load.Silo.FreePort()}/jwks/";
        listener.Prefixes.Add(Url);
        listener.Start();
        _ = Serve(Encoding.UTF8.GetBytes(keySet));
    }

    public string Url { get; }

    public void Dispose() => listener.Close();

    private async Task Serve(byte[] keySet)
    {
        try
        {
            while (true)
            {
                var call = await listener.GetContextAsync();
                call.Response.ContentType = "application/jwk-set+json";
                call.Response.OutputStream.Write(keySet);
                call.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
