using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Idempotency;

namespace Tumbler.Engine.Revocations;

/// <summary>Revokes single tokens, in one process.</summary>
public sealed class TokenRevoker(TokenRevocationKeepers keepers, LiveRevocations live) : ITokenRevocations
{
    public Task<Result<RevokedToken>> Revoke(RingId ring, RevokedToken token, CallContext call) => keepers.Change(
        ring,
        state => TokenRevocationDecisions.Revoke(
            state, ring, token, live.Now.Feed.Has(new RevocationSubject(RevocationKind.Token, token.TokenId, ring))),
        new RepeatableRequest($"tokens.revoke {ring}", token),
        call);
}
