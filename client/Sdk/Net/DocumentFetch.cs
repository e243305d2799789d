using System.Net;
using System.Net.Http.Headers;

namespace Tumbler.Client.Net;

/// <summary>Gets documents from an issuer. However it answers, this takes no longer and no more memory than was said.</summary>
internal sealed class DocumentFetch(HttpMessageInvoker http, bool allowHttp, TimeSpan limit, TimeProvider machineClock)
{
    private const int MostRedirects = 3;

    /// <summary>Nothing beside the address decides what is fetched: no cookie, and no redirect that was not looked at.</summary>
    public static HttpMessageInvoker NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 32,
        MaxResponseDrainSize = 64 * 1024,
    });

    /// <param name="maxSize">Bytes, after decompression.</param>
    /// <param name="known">The entity tag of what is known; null to get it in any case.</param>
    /// <param name="anew">Caches on the way are to ask as well.</param>
    /// <exception cref="FetchException">It could not be had, or is not to be believed.</exception>
    public async Task<Document> Get(Uri url, string accept, int maxSize, string? known, bool anew, CancellationToken stop)
    {
        // By the machine's clock: that is what the other machine's slowness is measured by.
        using var late = new CancellationTokenSource(limit, machineClock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            return await Follow(url, accept, maxSize, known, anew, both.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new FetchException($"{url} has not answered in full within {limit.TotalSeconds:0.#} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            throw new FetchException($"{url} can't be read: {e.Message}", e);
        }
    }

    private async Task<Document> Follow(Uri url, string accept, int maxSize, string? known, bool anew, CancellationToken stop)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            if (known is not null)
                request.Headers.TryAddWithoutValidation("If-None-Match", known);
            if (anew)
                request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
            using var response = await http.SendAsync(request, stop);
            if (Target(url, response) is not { } target)
                return await Read(url, response, accept, maxSize, known, stop);
            if (redirects == MostRedirects)
                throw FetchException.Refused($"{url} redirects more than {MostRedirects} times.");
            if (!SafeUrl.Leads(url, target, allowHttp))
                throw FetchException.Refused($"{url} redirects to {target}, which is not https.");
            url = target;
        }
    }

    private static Uri? Target(Uri url, HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect && response.Headers.Location is { } location
            ? new Uri(url, location)
            : null;

    private static async Task<Document> Read(
        Uri url, HttpResponseMessage response, string accept, int maxSize, string? known, CancellationToken stop)
    {
        if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
            return new Document(null, known);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new FetchException($"{url} answers {(int)response.StatusCode}.");
        var type = response.Content.Headers.ContentType?.MediaType ?? "nothing";
        if (!accept.Split(", ").Contains(type, StringComparer.OrdinalIgnoreCase))
            throw FetchException.Refused($"{url} answers with {type} and not with {accept.Replace(", ", " or ", StringComparison.Ordinal)}.");
        var tag = response.Headers.TryGetValues("ETag", out var tags) ? tags.FirstOrDefault() : null;
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        return new Document(await ReadAll(url, body, maxSize, stop), tag);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAll(Uri url, Stream body, int maxSize, CancellationToken stop)
    {
        var bytes = new byte[8 * 1024];
        for (var length = 0; ;)
        {
            var read = await body.ReadAsync(bytes.AsMemory(length), stop);
            if (read == 0)
                return bytes.AsMemory(0, length);
            length += read;
            if (length > maxSize)
                throw FetchException.Refused($"{url} is larger than {maxSize / 1024} KB.");
            if (length == bytes.Length)
                Array.Resize(ref bytes, bytes.Length * 2);
        }
    }
}
