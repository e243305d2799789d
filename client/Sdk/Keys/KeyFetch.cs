using Tumbler.Client.Net;

namespace Tumbler.Client.Keys;

/// <summary>Fetches an issuer's key set from where its metadata says, or from where the options say. One at a time.</summary>
internal sealed class KeyFetch(TumblerOptions options, DocumentFetch fetch)
{
    /// <summary>Real ones have a few kilobytes, with certificates some dozen.</summary>
    private const int MaxSize = 256 * 1024;

    private const string Accept = "application/jwk-set+json, application/json";

    private readonly Uri? fixedUrl = options.JwksUrl is { } url ? new Uri(url) : null;
    private volatile IssuerMetadata? metadata;
    private bool mayHaveMoved;
    private (Uri? Url, string? ETag) last;

    /// <summary>Null until it was read, and for good where the options say where the keys are.</summary>
    public IssuerMetadata? Metadata => metadata;

    /// <returns>Null when it is the one that was there last time.</returns>
    /// <exception cref="FetchException">It can't be had, or is not to be believed.</exception>
    public async Task<KeySet?> Get(bool anew, CancellationToken stop)
    {
        if (fixedUrl is null && (metadata is null || mayHaveMoved))
            metadata = await IssuerMetadata.Get(fetch, options.Issuer!, options.AllowHttp, stop);
        var url = fixedUrl ?? metadata!.JwksUri;
        mayHaveMoved = true;
        var document = await fetch.Get(url, Accept, MaxSize, url == last.Url ? last.ETag : null, anew, stop);
        mayHaveMoved = false;
        if (document.Body is not { } body)
            return null;
        var keys = JwkSetReader.Read(body, out var problem) ?? throw FetchException.Refused($"The key set at {url} is refused: {problem}.");
        last = (url, document.ETag);
        return keys;
    }
}
