using System.Net;
using System.Text.Json;
using Tumbler.Client.Net;

namespace Tumbler.Client.Outbound;

/// <summary>Where an issuer's token endpoint is, by its own word (RFC 8414 §3, OpenID Connect Discovery 1.0 §4).</summary>
internal readonly struct TokenEndpointAddress
{
    public Uri? Url { get; private init; }

    /// <summary>Null when there is an endpoint.</summary>
    public GrantFault? Fault { get; private init; }

    public static TokenEndpointAddress Read(HttpStatusCode status, ReadOnlyMemory<byte> body, TokenClientOptions options, TimeSpan? retryAfter)
    {
        if (status != HttpStatusCode.OK)
            return Faulty($"its metadata are answered with {(int)status}", status, retryAfter);
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            var issuer = document.RootElement.GetProperty("issuer").GetString();
            if (issuer != options.Issuer)
                return Faulty($"its metadata are those of '{Quotation.Of(issuer)}'");
            if (!Uri.TryCreate(document.RootElement.GetProperty("token_endpoint").GetString(), UriKind.Absolute, out var endpoint))
                return Faulty("the token_endpoint in its metadata is no URL");
            return SafeUrl.Leads(new Uri(options.Issuer!), endpoint, options.AllowHttp)
                ? new TokenEndpointAddress { Url = endpoint }
                : Faulty("the token_endpoint in its metadata is no https URL, and the secret is not sent over plain HTTP");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Faulty("its metadata are not JSON with issuer and token_endpoint");
        }
    }

    private static TokenEndpointAddress Faulty(string problem, HttpStatusCode? status = null, TimeSpan? retryAfter = null) =>
        new() { Fault = new GrantFault(problem, Error: null, status, retryAfter) };
}
