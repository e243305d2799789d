using Tumbler.Contracts.Calls;

namespace Tumbler.Contracts.Tokens;

/// <summary>Somebody has a token and wants something about it.</summary>
/// <param name="ClientId">The API key's id; null: an administrator asks.</param>
/// <param name="ClientSecret">The API key.</param>
public readonly record struct TokenQuestion(string? ClientId, string? ClientSecret, string Token, RequestOrigin Origin)
{
    public override string ToString() => "TokenQuestion(****)";
}
