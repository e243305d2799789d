using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Engine.Revocations;
using Tumbler.Grains.Calls;
using Tumbler.Grains.Snapshots;

namespace Tumbler.Grains.Tokens;

/// <summary>Revoked tokens as every silo offers them: by the owner, or by this silo if that one can't.</summary>
internal sealed class ClusterTokenRevocations(IGrainFactory grains, TokenRevoker here, Herald herald) : ITokenRevocations
{
    public Task<Result<RevokedToken>> Revoke(RingId ring, RevokedToken token, CallContext call) => Border.Change(
        call,
        keyed => grains.GetGrain<ITokenRevocationsGrain>(ring.Value).Revoke(ring, token, keyed),
        async keyed => await herald.TellRevoked(await here.Revoke(ring, token, keyed)));
}
