using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Tumbler.Cli.Doctor;

/// <summary>What anybody sees of a server. It sends no credential, and so may look behind a certificate that is not good.</summary>
internal sealed class PublicLook : IDisposable
{
    private const int LongestDocument = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Uri server;
    private readonly TimeProvider clock;
    private readonly HttpClient http;
    private volatile CertificateFacts? certificate;

    public PublicLook(Uri server, TimeProvider clock)
    {
        (this.server, this.clock) = (server, clock);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = Patience,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Note },
        })
        {
            BaseAddress = server, Timeout = Patience, MaxResponseContentBufferSize = LongestDocument,
        };
    }

    public async Task<Facts> Look(CancellationToken stop)
    {
        var facts = new Facts(server, clock.GetUtcNow());
        try
        {
            facts = facts with { Clock = await LookAtClock(stop) };
        }
        catch (Exception e) when (IsNoAnswer(e, stop))
        {
            return facts with { Unreachable = Reason(e) };
        }

        var set = await KeySet(stop);
        return facts with
        {
            Certificate = certificate,
            Discovery = await Discovery(stop),
            KeySet = set.Facts,
            HasHsts = set.HasHsts,
            Readiness = await Readiness(stop),
        };
    }

    public void Dispose() => http.Dispose();

    private async Task<ClockFacts> LookAtClock(CancellationToken stop)
    {
        // Once before: the first request waits for names, connections and handshakes, and by so much the time would be uncertain.
        (await http.GetAsync(Path("/health/live"), stop)).Dispose();
        var asked = clock.GetUtcNow();
        using var answer = await http.GetAsync(Path("/health/live"), stop);
        var answered = clock.GetUtcNow();
        var own = Read(await answer.Content.ReadAsByteArrayAsync(stop), root => root.TryGetProperty("time", out var time) ? time.GetDateTimeOffset() : (DateTimeOffset?)null);
        return new ClockFacts(asked, answered, answer.Headers.Date, own);
    }

    private async Task<DiscoveryFacts> Discovery(CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(Path("/.well-known/openid-configuration"), stop);
            if (!answer.IsSuccessStatusCode)
                return new DiscoveryFacts($"answers {(int)answer.StatusCode}");
            return Read(await answer.Content.ReadAsByteArrayAsync(stop), root => new DiscoveryFacts(null, Text(root, "issuer"), Text(root, "jwks_uri")))
                ?? new DiscoveryFacts("is no JSON document");
        }
        catch (Exception e) when (IsNoAnswer(e, stop))
        {
            return new DiscoveryFacts($"has no answer: {Reason(e)}");
        }
    }

    private async Task<(KeySetFacts Facts, bool HasHsts)> KeySet(CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(Path("/.well-known/jwks.json"), stop);
            var hsts = answer.Headers.Contains("Strict-Transport-Security");
            if (!answer.IsSuccessStatusCode)
                return (new KeySetFacts($"answers {(int)answer.StatusCode}", []), hsts);
            var kids = Read(await answer.Content.ReadAsByteArrayAsync(stop), root =>
                root.GetProperty("keys").EnumerateArray().Select(key => Text(key, "kid") ?? "").ToArray());
            return (kids is null ? new KeySetFacts("is no JSON document with keys", []) : Kept(answer, kids), hsts);
        }
        catch (Exception e) when (IsNoAnswer(e, stop))
        {
            return (new KeySetFacts($"has no answer: {Reason(e)}", []), false);
        }
    }

    private static KeySetFacts Kept(HttpResponseMessage answer, string[] kids)
    {
        var (control, headers) = (answer.Headers.CacheControl, answer.Headers);
        var longest = control?.MaxAge > (control?.SharedMaxAge ?? TimeSpan.Zero) ? control?.MaxAge : control?.SharedMaxAge ?? control?.MaxAge;

        // RFC 9111 §5.3: Expires counts only where Cache-Control says nothing.
        longest ??= answer.Content.Headers.Expires - (headers.Date ?? answer.Content.Headers.Expires);
        return new KeySetFacts(null, kids, longest, headers.Age, control is { NoStore: true } or { NoCache: true }, headers.ETag is not null);
    }

    private async Task<ReadinessFacts?> Readiness(CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(Path("/health/ready"), stop);
            var body = await answer.Content.ReadAsByteArrayAsync(stop);
            return Read(body, root => root.Deserialize(OperationsJson.Default.ReadinessFacts)) is { Status: not null } facts
                ? facts
                : new ReadinessFacts(answer.StatusCode == System.Net.HttpStatusCode.OK ? "ready" : $"{(int)answer.StatusCode}", null);
        }
        catch (Exception e) when (IsNoAnswer(e, stop))
        {
            return new ReadinessFacts("nothing", null);
        }
    }

    /// <summary>Trusts everybody, and remembers whom it should not have trusted.</summary>
    private bool Note(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is not null)
        {
            using var copy = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
            var distrust = chain?.ChainStatus
                .Where(status => status.Status is not (X509ChainStatusFlags.NoError or X509ChainStatusFlags.NotTimeValid))
                .Select(status => status.StatusInformation.Trim().TrimEnd('.'))
                .Distinct();
            certificate = new CertificateFacts(
                copy.Subject,
                copy.NotBefore.ToUniversalTime(),
                copy.NotAfter.ToUniversalTime(),
                !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch),
                distrust is not null && string.Join("; ", distrust) is { Length: > 0 } text ? text : null);
        }

        return true;
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static T? Read<T>(byte[] body, Func<JsonElement, T?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return default;
        }
    }

    private static bool IsNoAnswer(Exception e, CancellationToken stop) =>
        e is HttpRequestException or HttpIOException || (e is OperationCanceledException && !stop.IsCancellationRequested);

    private static string Reason(Exception e) => e switch
    {
        OperationCanceledException => "no answer in time",
        { InnerException: AuthenticationException tls } => $"no TLS: {tls.Message.TrimEnd('.')}",
        _ => (e.InnerException ?? e).Message.TrimEnd('.'),
    };
}
