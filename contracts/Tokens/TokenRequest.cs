using Tumbler.Contracts.Calls;

namespace Tumbler.Contracts.Tokens;

/// <summary>A <c>client_credentials</c> request (RFC 6749 §4.4) of a client that authenticates by API key.</summary>
/// <param name="ClientId">The API key's id.</param>
/// <param name="ClientSecret">The API key.</param>
/// <param name="Scope">Space-separated scopes, or null for all that the client was granted.</param>
/// <param name="Resources">The audiences asked for (RFC 8707); empty for the client's default.</param>
/// <param name="Origin">Its source is the client's address.</param>
public readonly record struct TokenRequest(
    string ClientId,
    string ClientSecret,
    string? Scope,
    IReadOnlyList<string> Resources,
    RequestOrigin Origin)
{
    public override string ToString() => "TokenRequest(****)";
}
