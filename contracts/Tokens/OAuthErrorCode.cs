namespace Tumbler.Contracts.Tokens;

/// <summary>RFC 6749 §5.2, RFC 8707 §2 and, for the last one, RFC 6749 §4.1.2.1.</summary>
public enum OAuthErrorCode
{
    InvalidRequest,
    InvalidClient,
    UnauthorizedClient,
    UnsupportedGrantType,
    InvalidScope,
    InvalidTarget,
    TemporarilyUnavailable,
}
