namespace Tumbler.Client.Authentication;

/// <summary>How somebody without a good credential is answered. Outside, one bad credential looks like another.</summary>
/// <param name="Error">Of RFC 6750 §3.1; null where nothing was presented.</param>
/// <param name="RetryAfter">In seconds, where it is worth trying again.</param>
internal sealed record Refusal(int Status, string Reason, string? Error = null, int? RetryAfter = null)
{
    public static Refusal NoCredential { get; } = new(401, "No credential was given.");

    public static Refusal TwoCredentials { get; } = new(401, "More than one credential was given.", "invalid_request");

    public static Refusal ApiKey { get; } = new(401, "The API key is not accepted.");

    public static Refusal RateLimited { get; } = new(429, "The API key is used too often.", RetryAfter: 1);

    public static Refusal ForbiddenKey { get; } = new(403, "The API key is not for this service, or not for this address.");

    public static Refusal Subject { get; } = new(403, "The certificate's subject is not on the list.");

    public static Refusal Unavailable { get; } = new(503, "Credentials can't be verified at the moment.", RetryAfter: 5);

    public static Refusal Token(TokenFault fault) => new(401, $"The token is not accepted: {fault}.", "invalid_token");
}
