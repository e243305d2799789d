using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Tokens;

/// <summary>A token that passed every check.</summary>
/// <param name="Kid">The key that verified it, whether the token named it or not.</param>
public sealed record VerifiedToken(AccessTokenClaims Claims, Kid Kid);
