namespace Tumbler.Api.Credentials;

/// <summary>What <c>WWW-Authenticate</c> says (RFC 9110 §11.6.1, RFC 6750 §3).</summary>
internal static class Challenges
{
    public const string ApiKey = "ApiKey realm=\"tumbler\"";

    /// <summary>For a request without a credential: nothing is said about what was wrong (RFC 6750 §3.1).</summary>
    public const string Bearer = "Bearer realm=\"tumbler\"";

    /// <summary>No registered scheme: there is none for what is settled before HTTP begins.</summary>
    public const string Certificate = "Certificate realm=\"tumbler\"";

    public const string InvalidToken = "Bearer error=\"invalid_token\"";

    /// <param name="scopes">Scope tokens with a space between: none of their characters needs escaping (RFC 6749 §3.3).</param>
    public static string InsufficientScope(string scopes) => $"Bearer error=\"insufficient_scope\", scope=\"{scopes}\"";
}
