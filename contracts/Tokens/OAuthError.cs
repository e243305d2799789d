using Tumbler.Contracts.Limits;

namespace Tumbler.Contracts.Tokens;

/// <summary>An OAuth error answer.</summary>
/// <param name="Description">For developers; only the characters of RFC 6749 §5.2 (printable ASCII without " and \).</param>
public sealed record OAuthError(OAuthErrorCode Code, string Description)
{
    /// <summary>Given when it is the client's rate limit that is used up.</summary>
    public QuotaState? RateLimit { get; init; }
}
