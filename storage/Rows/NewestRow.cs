using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Storage.Rows;

/// <summary>The last token that was revoked.</summary>
internal sealed record NewestRow(string TokenId, string ClientId, OrgSlug? Org, DateTimeOffset ExpiresAt)
{
    public static NewestRow? Of(RevokedToken? token) =>
        token is null ? null : new(token.TokenId, token.ClientId, token.Org, token.ExpiresAt);

    public RevokedToken ToToken() => new(TokenId, ClientId, Org, ExpiresAt);
}
