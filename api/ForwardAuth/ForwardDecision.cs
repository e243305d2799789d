using Microsoft.AspNetCore.Http;
using Tumbler.Api.Credentials;

namespace Tumbler.Api.ForwardAuth;

/// <summary>What a gateway is told: who it is, or with which status to refuse.</summary>
/// <param name="Identity">Null for a refusal.</param>
/// <param name="Challenge">Null where <c>WWW-Authenticate</c> has nothing to say.</param>
internal readonly record struct ForwardDecision(ForwardIdentity? Identity, int Status, string? Challenge, string Reason)
{
    public static ForwardDecision TwoCredentials { get; } =
        Unauthorized("Bearer error=\"invalid_request\"", "More than one credential was given.");

    public static ForwardDecision BadToken { get; } = Unauthorized(Challenges.InvalidToken, "The token is not accepted.");

    public static ForwardDecision BadKey { get; } = Unauthorized(Challenges.ApiKey, "The API key is not accepted.");

    public static ForwardDecision WrongAddress { get; } = Forbidden("The API key may not be used from this address.");

    public static ForwardDecision WrongAudience { get; } = Forbidden("The API key is not for this service.");

    public static ForwardDecision WrongOrg { get; } = Forbidden("The credential is another organisation's.");

    public static ForwardDecision WrongSubject { get; } = Forbidden("The certificate's subject is not on the list.");

    public static ForwardDecision NoRights { get; } = Forbidden("A certificate's subject has neither scopes nor an organisation.");

    public static ForwardDecision Allowed(ForwardIdentity identity) =>
        identity.IsPrintable ? new(identity, StatusCodes.Status200OK, null, "") : BadToken;

    public static ForwardDecision NoCredential(string? challenge) => Unauthorized(challenge, "No credential was given.");

    public static ForwardDecision InsufficientScope(string scopes, bool byToken) =>
        Forbidden("The credential lacks a scope.") with { Challenge = byToken ? Challenges.InsufficientScope(scopes) : null };

    private static ForwardDecision Unauthorized(string? challenge, string reason) =>
        new(null, StatusCodes.Status401Unauthorized, challenge, reason);

    private static ForwardDecision Forbidden(string reason) => new(null, StatusCodes.Status403Forbidden, null, reason);
}
