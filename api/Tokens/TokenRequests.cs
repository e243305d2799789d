using System.Buffers;
using Microsoft.AspNetCore.Http;
using Tumbler.Api.Credentials;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Clients;

namespace Tumbler.Api.Tokens;

/// <summary>From HTTP to a token request, by the letter of RFC 6749 §2.3, §3.2 and §4.4.2, RFC 7521 §4.2 and RFC 8705 §2.</summary>
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
        return Authenticate(http, form, out request);
    }

    /// <summary>What the client shows of itself: the same at every endpoint that asks for a client (RFC 6749 §2.3, RFC 7662 §2.1, RFC 7009
    /// §2.1).</summary>
    public static OAuthError? Authenticate(HttpContext http, in TokenForm form, out TokenRequest request)
    {
        request = default;
        var headers = http.Request.Headers.Authorization;
        if (headers.Count > 1)
            return InvalidRequest("The Authorization header is given twice.");
        var asserts = form.Assertion is not null || form.AssertionType is not null;
        if (headers.Count == 1 && (asserts || form.ClientSecret is not null))
            return InvalidRequest("The client authenticates in the Authorization header and in the body; it must choose one.");
        if (asserts && form.ClientSecret is not null)
            return InvalidRequest("The client authenticates by secret and by assertion; it must choose one.");
        return headers.Count == 1 ? Basic(http, headers[0]!, form, out request)
            : form is { ClientId: { } id, ClientSecret: { } secret } ? Secret(http, form, id, secret, out request)
            : asserts ? Assertion(http, form, out request)
            : Certificate(http, form, out request);
    }

    private static OAuthError? Basic(HttpContext http, string header, in TokenForm form, out TokenRequest request)
    {
        request = default;
        if (!BasicCredentials.TryParse(header, out var id, out var secret))
            return InvalidClient("The Authorization header must hold well-formed Basic credentials.");
        return form.ClientId is not null && form.ClientId != id
            ? InvalidRequest("client_id is not that of the Authorization header.")
            : Secret(http, form, id, secret, out request);
    }

    private static OAuthError? Secret(HttpContext http, in TokenForm form, string id, string secret, out TokenRequest request)
    {
        request = new TokenRequest(id, secret, form.Scope, form.Resources, http.Origin());
        return null;
    }

    private static OAuthError? Assertion(HttpContext http, in TokenForm form, out TokenRequest request)
    {
        request = default;
        if (form.Assertion is null)
            return InvalidRequest("client_assertion_type is given without client_assertion.");
        if (form.AssertionType != ClientAssertion.Type)
            return InvalidRequest($"client_assertion_type must be {ClientAssertion.Type}.");
        request = new TokenRequest(form.ClientId ?? "", null, form.Scope, form.Resources, http.Origin())
        {
            Assertion = form.Assertion,
            Certificate = http.ClientCertificate(),
        };
        return null;
    }

    private static OAuthError? Certificate(HttpContext http, in TokenForm form, out TokenRequest request)
    {
        request = default;
        if (form is not { ClientId: { } id, ClientSecret: null } || http.ClientCertificate() is not { } certificate)
            return InvalidClient("The client must authenticate, by secret, assertion or certificate.");
        request = new TokenRequest(id, null, form.Scope, form.Resources, http.Origin()) { Certificate = certificate };
        return null;
    }

    public static OAuthError InvalidRequest(string description) => new(OAuthErrorCode.InvalidRequest, description);

    private static OAuthError InvalidClient(string description) => new(OAuthErrorCode.InvalidClient, description);
}
