namespace Tumbler.Contracts.Tokens;

/// <summary>An OAuth error answer.</summary>
/// <param name="Description">For developers; only the characters of RFC 6749 §5.2 (printable ASCII without " and \).</param>
public sealed record OAuthError(OAuthErrorCode Code, string Description);
