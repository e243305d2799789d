using Tumbler.Contracts.Keys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Readiness;

/// <summary>Ready: the store takes changes, the default ring signs, and its next key is on its way.</summary>
public sealed class NodeReadiness(IStore store, RingSnapshots rings, RotationFailures failures, TimeProvider clock) : IReadiness
{
    public async ValueTask<IReadOnlyList<ReadinessCheck>> Check(CancellationToken stop)
    {
        var storeAnswers = await store.Ping(stop);
        if (!rings.TryGet(RingId.Default, out var ring) && storeAnswers)
            ring = await rings.Find(RingId.Default);
        return
        [
            Check("store", storeAnswers, "The store takes no changes."),
            Check("signing", ring?.At(clock.Now()).Signer is not null, "No key of the default ring can sign on this node."),
            Check("rotation", failures.Of(RingId.Default) is null, "The default ring's next key could not be prepared."),
        ];
    }

    private static ReadinessCheck Check(string name, bool ok, string otherwise) => new(name, ok, ok ? null : otherwise);
}
