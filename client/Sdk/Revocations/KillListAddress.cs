using Tumbler.Client.Keys;

namespace Tumbler.Client.Revocations;

/// <summary>Where a kill list is, and whether there is one.</summary>
internal sealed class KillListAddress(TumblerOptions options, KeyCache keys)
{
    private const string Rings = "/rings/";

    private readonly Uri? fixedUrl = options.RevocationsUrl is { } url ? new Uri(url) : null;

    /// <summary>Whether tokens are worth something only as long as it is read.</summary>
    public bool IsFollowed => options.KillList ?? (fixedUrl is not null || keys.Metadata?.RevocationsUri is not null);

    public Uri Url => fixedUrl ?? keys.Metadata?.RevocationsUri ?? Derived(options.Issuer!);

    /// <summary>As a Tumbler server names its rings: the default one has the server's own URL as issuer, another a path below it.</summary>
    public static Uri Derived(string issuer)
    {
        var server = issuer.TrimEnd('/');
        var at = server.LastIndexOf(Rings, StringComparison.Ordinal);
        var (home, ring) = at >= 0 && server.IndexOf('/', at + Rings.Length) < 0 ? (server[..at], server[(at + Rings.Length)..]) : (server, "default");
        return new Uri($"{home}/api/v1/revocations/{ring}");
    }

    public static Uri Since(Uri url, long number) => new($"{url}{(url.Query.Length > 0 ? '&' : '?')}since={number}");

    public static Uri Events(Uri url) => new UriBuilder(url) { Path = $"{url.AbsolutePath.TrimEnd('/')}/events" }.Uri;
}
