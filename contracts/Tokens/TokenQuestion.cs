using Tumbler.Contracts.Calls;

namespace Tumbler.Contracts.Tokens;

/// <summary>Somebody has a token and wants something about it.</summary>
/// <param name="Client">Who asks, and how it shows that; it asks for no token itself. Null: an administrator.</param>
public readonly record struct TokenQuestion(TokenRequest? Client, string Token, RequestOrigin Origin)
{
    public override string ToString() => "TokenQuestion(****)";
}
