using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tumbler.Bench.Limits;

/// <summary>What a web server can do at most that does the same job: Kestrel, as little code as the job needs, and nothing that makes it a
/// product. A process of its own, as the product is one.</summary>
internal static class LimitServer
{
    public const string Command = "limits", Sign = "/sign", Document = "/document", LookUp = "/look-up";

    /// <summary>As long as the product's answers: a token of ES256, a set of two keys, the verdict about an API key.</summary>
    private const int TokenBytes = 700, DocumentBytes = 1024, VerdictBytes = 220;

    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Claims = Encoding.ASCII.GetBytes(new string('a', 420));

    [ThreadStatic]
    private static ECDsa? key;

    public static async Task<int> Run(string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url).ConfigureKestrel(options => options.AddServerHeader = false);
        await using var app = builder.Build();
        var (token, document, verdict) = (Filler(TokenBytes), Filler(DocumentBytes), Filler(VerdictBytes));
        var known = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["bench"] = new byte[32] };
        app.Run(http => http.Request.Path.Value switch
        {
            Sign => SignForm(http, token),
            LookUp => Find(http, known, verdict),
            _ => Write(http, document),
        });
        await app.RunAsync();
        return 0;
    }

    private static async Task SignForm(HttpContext http, byte[] answer)
    {
        var form = await http.Request.ReadFormAsync();
        if (form["grant_type"] != "client_credentials" || form["client_id"].Count != 1 || form["client_secret"].Count != 1)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        Span<byte> signature = stackalloc byte[64];
        (key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256)).SignData(Claims, signature, HashAlgorithmName.SHA256);
        await Write(http, answer);
    }

    private static async Task Find(HttpContext http, Dictionary<string, byte[]> known, byte[] answer)
    {
        var body = http.Request.BodyReader;
        var read = await body.ReadAsync();
        while (!read.IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync();
        }

        Hash(read.Buffer.FirstSpan, known);
        body.AdvanceTo(read.Buffer.End);
        await Write(http, answer);
    }

    private static void Hash(ReadOnlySpan<byte> body, Dictionary<string, byte[]> known)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(Secret, body, hash);
        if (known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue("bench", out var expected))
            CryptographicOperations.FixedTimeEquals(hash, expected);
    }

    private static Task Write(HttpContext http, byte[] answer)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Length;
        return http.Response.Body.WriteAsync(answer).AsTask();
    }

    private static byte[] Filler(int length) => Encoding.ASCII.GetBytes($"\"{new string('a', length - 2)}\"");
}
