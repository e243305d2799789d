using Tumbler.Contracts.Organizations;

namespace Tumbler.Contracts.Tokens;

/// <summary>A token that is to be taken no longer, by what it says of itself.</summary>
/// <param name="TokenId"><c>jti</c>.</param>
/// <param name="Org">Whose client it was issued to; null when the token says nothing that could be one.</param>
public sealed record RevokedToken(string TokenId, string ClientId, OrgSlug? Org, DateTimeOffset ExpiresAt);
