using System.Buffers;
using Microsoft.AspNetCore.Http;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Api.Tokens;

/// <summary>From HTTP to a token request, by the letter of RFC 6749 §2.3, §3.2 and §4.4.2.</summary>
internal static class TokenRequests
{
    /// <summary>Null with the request, or why there is none.</summary>
    public static OAuthError? Read(HttpContext http, in ReadOnlySequence<byte> body, out TokenRequest request)
    {
        request = default;
        if (!TokenForm.TryParse(body.IsSingleSegment ? body.FirstSpan : body.ToArray(), out var form, out var fault))
            return InvalidRequest(fault!);
        if (form.GrantType is null)
            return InvalidRequest("grant_type is required.");
        if (form.GrantType != TokenForm.ClientCredentials)
            return new OAuthError(OAuthErrorCode.UnsupportedGrantType, "The only grant_type here is client_credentials.");

        if (Authenticate(http.Request, form, out var id, out var secret) is { } error)
            return error;
        request = new TokenRequest(id, secret, form.Scope, form.Resources, http.Origin());
        return null;
    }

    public static OAuthError? Authenticate(HttpRequest http, in TokenForm form, out string id, out string secret)
    {
        (id, secret) = (form.ClientId ?? "", form.ClientSecret ?? "");
        var headers = http.Headers.Authorization;
        switch (headers.Count)
        {
            case 0 when form is { ClientId: not null, ClientSecret: not null }:
                return null;
            case 0:
                return InvalidClient("The client must authenticate, with client_secret_basic or client_secret_post.");
            case > 1:
                return InvalidRequest("The Authorization header is given twice.");
        }

        if (form.ClientSecret is not null)
            return InvalidRequest("The client authenticates in the Authorization header and in the body; it must choose one.");
        if (!BasicCredentials.TryParse(headers[0]!, out var basicId, out var basicSecret))
            return InvalidClient("The Authorization header must hold well-formed Basic credentials.");
        if (form.ClientId is not null && form.ClientId != basicId)
            return InvalidRequest("client_id is not that of the Authorization header.");
        (id, secret) = (basicId, basicSecret);
        return null;
    }

    public static OAuthError InvalidRequest(string description) => new(OAuthErrorCode.InvalidRequest, description);

    private static OAuthError InvalidClient(string description) => new(OAuthErrorCode.InvalidClient, description);
}
