using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tumbler.Client.Net;
using Tumbler.Client.Outbound;

namespace Tumbler.Client;

/// <summary>Sends an access token with every request of an <see cref="HttpClient"/>, and gets it: before it is needed, once for all callers, and
/// again when a service refuses it. A request that has an <c>Authorization</c> header already is sent as it is. With
/// <see cref="TumblerTokenExtensions.AddTumblerTokens(Microsoft.Extensions.DependencyInjection.IHttpClientBuilder, Action{TokenClientOptions})"/>
/// clients that ask for the same share one token.</summary>
public sealed class TumblerTokenHandler : DelegatingHandler
{
    private readonly TokenSource source;
    private readonly bool allowHttp;
    private readonly TokenSources? own;

    /// <summary>For programs without dependency injection: it has a token of its own.</summary>
    /// <exception cref="OptionsValidationException">The options break rules; the message has all of them.</exception>
    public TumblerTokenHandler(TokenClientOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (TokenClientOptionsRules.Complaints(options).ToList() is { Count: > 0 } complaints)
            throw new OptionsValidationException(nameof(TumblerTokenHandler), typeof(TokenClientOptions), complaints);
        own = new TokenSources(clock ?? TimeProvider.System, NullLoggerFactory.Instance);
        (source, allowHttp) = (own.For(options), options.AllowHttp);
    }

    internal TumblerTokenHandler(TokenSource source, bool allowHttp) => (this.source, this.allowHttp) = (source, allowHttp);

    /// <inheritdoc/>
    /// <exception cref="TokenUnavailableException">There is no token; nothing was sent.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Headers.Authorization is not null)
            return await base.SendAsync(request, cancellationToken);
        if (request.RequestUri is not { } target || !SafeUrl.Admits(target, allowHttp))
            throw new HttpRequestException($"No access token is sent over plain HTTP to another machine ({nameof(TokenClientOptions.AllowHttp)} allows it).");

        var token = await source.Get(cancellationToken);
        var response = await Send(request, token, cancellationToken);

        // Whoever is behind a redirect was not sent the token, so it has not refused it, and must not get it now.
        if (response.StatusCode != HttpStatusCode.Unauthorized || request.RequestUri != target)
            return response;
        if (await source.Replace(token, cancellationToken) is not { } next || !CanBeSentAgain(request.Content))
            return response;
        response.Dispose();
        return await Send(request, next, cancellationToken);
    }

    /// <summary>There is no way to wait for a token here.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Requests with access tokens are sent by SendAsync.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            own?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request, AccessToken token, CancellationToken stop)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        try
        {
            return await base.SendAsync(request, stop);
        }
        finally
        {
            // The caller gets the request back with the answer, may log it, and may send it again when this token is long over.
            request.Headers.Authorization = null;
        }
    }

    /// <summary>Streams are at their end.</summary>
    private static bool CanBeSentAgain(HttpContent? content) =>
        content is null or ByteArrayContent or ReadOnlyMemoryContent or System.Net.Http.Json.JsonContent;
}
