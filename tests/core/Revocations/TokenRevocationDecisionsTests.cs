using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Revocations;

namespace Tumbler.Core.Tests.Revocations;

public sealed class TokenRevocationDecisionsTests
{
    private static readonly RingId Ring = RingId.Parse("orders");
    private static readonly RevokedToken Token = new("t-1", "c-1", OrgSlug.Parse("acme"), new(2026, 3, 1, 12, 5, 0, TimeSpan.Zero));

    [Fact]
    public void The_log_says_which_token_of_which_client_and_nothing_that_could_be_used()
    {
        var decision = TokenRevocationDecisions.Revoke(null, Ring, Token, isRevoked: false);

        var draft = Assert.Single(decision.Audit);
        Assert.Equal(
            (AuditAction.Revoke, AuditResource.Credential, "t-1", OrgSlug.Parse("acme")),
            (draft.Action, draft.ResourceType, draft.ResourceId, draft.Org));
        Assert.Equal(
            [("client_id", "c-1"), ("credential", "access_token"), ("expires_at", "2026-03-01T12:05:00.000Z"), ("ring", "orders")],
            draft.Details.Select(detail => (detail.Key, detail.Value)).Order());
        Assert.Equal(("tokens:orders", 1, Token), (decision.Next.Chain, decision.Next.Count, decision.Next.Newest));
    }

    [Fact]
    public void Revoking_what_is_revoked_changes_nothing()
    {
        var first = TokenRevocationDecisions.Revoke(null, Ring, Token, isRevoked: false).Next;

        Assert.Empty(TokenRevocationDecisions.Revoke(first, Ring, Token, isRevoked: false).Audit);
        Assert.Empty(TokenRevocationDecisions.Revoke(first, Ring, Token with { TokenId = "t-2" }, isRevoked: true).Audit);
        Assert.Empty(TokenRevocationDecisions.Revoke(null, Ring, Token, isRevoked: true).Audit);
        Assert.Same(first, TokenRevocationDecisions.Revoke(first, Ring, Token, isRevoked: false).Next);
    }
}
