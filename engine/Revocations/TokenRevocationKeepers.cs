using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Keepers;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Revocations;

/// <summary>The keepers of rings' revoked tokens in this process.</summary>
public sealed class TokenRevocationKeepers(Func<RingId, Keeper<RingId, TokenRevocations>> open)
{
    private readonly KeeperTable<RingId, TokenRevocations> keepers = new(open);

    /// <inheritdoc cref="Keeper{TId, TState}.KnownVersion"/>
    public VersionToken KnownVersion(RingId ring) => keepers.KnownVersion(ring);

    /// <inheritdoc cref="KeeperTable{TId, TState}.DropUnused"/>
    public void DropUnused(int periods) => keepers.DropUnused(periods);

    public Task<Result<TAnswer>> Change<TAnswer>(
        RingId ring, Func<TokenRevocations?, Decision<TokenRevocations, TAnswer>> decide, RepeatableRequest request, CallContext call) =>
        keepers.Of(ring).Change<TAnswer>((state, _) => ValueTask.FromResult<Result<Decision<TokenRevocations, TAnswer>>>(decide(state)), request, call);
}
