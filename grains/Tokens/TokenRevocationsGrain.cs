using Orleans.Concurrency;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Engine.Revocations;
using Tumbler.Grains.Calls;
using Tumbler.Grains.Snapshots;

namespace Tumbler.Grains.Tokens;

/// <summary>The owner of a ring's revoked tokens; see <see cref="Keys.KeyRingGrain"/>.</summary>
[Reentrant]
internal sealed class TokenRevocationsGrain(TokenRevoker tokens, Herald herald) : Grain, ITokenRevocationsGrain
{
    public async Task<Result<RevokedToken>> Revoke(RingId ring, RevokedToken token, CallContext call) =>
        await herald.TellRevoked(await Border.Answer(() => tokens.Revoke(ring, token, call)));
}
