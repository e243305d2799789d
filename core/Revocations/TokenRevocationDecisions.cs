using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Revocations;

public static class TokenRevocationDecisions
{
    /// <param name="isRevoked">Whether the feed has the token already, as far as the caller has read it. Of a second attempt the
    /// state knows: the first one's token is its newest.</param>
    public static Decision<TokenRevocations, RevokedToken> Revoke(
        TokenRevocations? state, RingId ring, RevokedToken token, bool isRevoked)
    {
        state ??= TokenRevocations.None(ring);
        return isRevoked || state.Newest?.TokenId == token.TokenId
            ? new(state, [], token)
            : new(state with { Count = state.Count + 1, Newest = token }, [Draft(ring, token)], token);
    }

    private static AuditDraft Draft(RingId ring, RevokedToken token) => new(
        token.Org,
        AuditAction.Revoke,
        AuditResource.Credential,
        token.TokenId,
        AuditStatus.Success,
        new Dictionary<string, string>
        {
            ["credential"] = "access_token",
            ["ring"] = ring.Value,
            ["client_id"] = token.ClientId,
            ["expires_at"] = AuditForm.Time(token.ExpiresAt),
        });
}
