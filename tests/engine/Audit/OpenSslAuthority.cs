using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Engine.Audit;
using Tumbler.Storage.Protection;

namespace Tumbler.Engine.Tests.Audit;

/// <summary>A time-stamping authority: <c>openssl ts</c> behind HTTP, or one that misbehaves.</summary>
internal sealed class OpenSslAuthority : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("tumbler-tsa-").FullName;
    private readonly HttpListener listener = new();
    private readonly HttpClient http = new();
    private readonly string? misbehaviour;

    public OpenSslAuthority(string? misbehaviour = null)
    {
        this.misbehaviour = misbehaviour;
        File.WriteAllText(PathOf("tsa.cnf"), $"""
            [req]
            distinguished_name = dn
            x509_extensions = ext
            prompt = no
            [dn]
            CN = time
            [ext]
            keyUsage = critical,digitalSignature
            extendedKeyUsage = critical,timeStamping
            [tsa]
            default_tsa = t
            [t]
            serial = {PathOf("serial")}
            signer_cert = {Certificate}
            signer_key = {PathOf("key.pem")}
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            ess_cert_id_alg = sha256
            """);
        File.WriteAllText(PathOf("serial"), "01\n");
        Assert.Equal(0, OpenSsl.Run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", PathOf("key.pem"), "-out", Certificate, "-days", "2", "-config", PathOf("tsa.cnf")).GetAwaiter().GetResult());
        Url = new Uri($"http://127.0.0.1:{FreePort()}/tsa/");
        listener.Prefixes.Add(Url.ToString());
        if (misbehaviour != "closed")
            listener.Start();
        if (misbehaviour != "closed")
            _ = Serve();
    }

    public string Certificate => PathOf("tsa.pem");

    public Uri Url { get; }

    public ITimestampAuthority Client() => new TimestampAuthority(Url, http, NullLogger<TimestampAuthority>.Instance);

    public void Dispose()
    {
        listener.Close();
        http.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private string PathOf(string name) => Path.Combine(directory, name);

    private async Task Serve()
    {
        try
        {
            while (true)
                await Answer(await listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        Assert.Equal("application/timestamp-query", context.Request.ContentType);
        await using (var query = File.Create(PathOf("query")))
            await context.Request.InputStream.CopyToAsync(query);
        if (misbehaviour == "error")
            context.Response.StatusCode = 500;
        else
            await context.Response.OutputStream.WriteAsync(misbehaviour switch { "garbage" => [1, 2, 3], "replayed" => await Replayed(), _ => await Reply(PathOf("query")) });
        context.Response.Close();
    }

    private async Task<byte[]> Reply(string query)
    {
        Assert.Equal(0, await OpenSsl.Run("ts", "-reply", "-config", PathOf("tsa.cnf"), "-section", "t", "-queryfile", query, "-out", PathOf("reply")));
        return await File.ReadAllBytesAsync(PathOf("reply"));
    }

    /// <summary>An answer to another question.</summary>
    private async Task<byte[]> Replayed()
    {
        await File.WriteAllTextAsync(PathOf("other"), "other");
        Assert.Equal(0, await OpenSsl.Run("ts", "-query", "-data", PathOf("other"), "-sha256", "-cert", "-out", PathOf("other.query")));
        return await Reply(PathOf("other.query"));
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
