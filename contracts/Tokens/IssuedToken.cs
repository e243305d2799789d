using Tumbler.Contracts.Limits;

namespace Tumbler.Contracts.Tokens;

/// <summary>A successful answer (RFC 6749 §5.1).</summary>
/// <param name="AccessToken">A JWT in the RFC 9068 profile.</param>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="Scope">The scopes the token carries, space-separated; empty for none.</param>
public sealed record IssuedToken(string AccessToken, int ExpiresIn, string Scope)
{
    /// <summary>How the client's own rate limit stands, if it has one.</summary>
    public QuotaState? RateLimit { get; init; }

    public override string ToString() => $"IssuedToken({ExpiresIn} s)";
}
