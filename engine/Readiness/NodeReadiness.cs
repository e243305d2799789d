using Tumbler.Contracts.Keys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Readiness;

/// <summary>Ready: the store takes changes, the default ring signs, its next key is on its way, news come in, and the clock is right.</summary>
/// <param name="machine">The machine's own clock: whoever asks waits by it, too.</param>
public sealed class NodeReadiness(
    IStore store, RingSnapshots rings, SnapshotPoller poller, RotationFailures failures, StoreClock storeClock, TimeProvider clock,
    TimeProvider machine) : IReadiness
{
    /// <summary>A network that swallows everything lets nobody know for a quarter of a minute, and a probe that gets no answer
    /// does not say why.</summary>
    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(2);

    /// <summary>A failover silences all nodes alike for some seconds, and none of them should be taken out of service for it.
    /// A node that has been silent for longer accepts what others refuse by now.</summary>
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(10);

    public async ValueTask<IReadOnlyList<ReadinessCheck>> Check(CancellationToken stop)
    {
        var storeAnswers = await StoreAnswers(stop);
        var ring = await DefaultRing(storeAnswers);
        return
        [
            Check("store", storeAnswers, "The store takes no changes."),
            Check("signing", ring?.At(clock.Now()).Signer is not null, "No key of the default ring can sign on this node."),
            Check("rotation", failures.Of(RingId.Default) is null, "The default ring's next key could not be prepared."),
            Check("snapshots", poller.Silence <= MostSilence, "This node has not heard of changes for more than 10 s."),
            Check("clock", !storeClock.IsOff, "This node's clock differs from the database's by more than 30 s."),
        ];
    }

    public ValueTask CatchUp() => poller.CatchUp();

    private async ValueTask<bool> StoreAnswers(CancellationToken stop)
    {
        try
        {
            return await store.Ping(stop).AsTask().WaitAsync(StorePatience, machine, stop);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async ValueTask<RingSnapshot?> DefaultRing(bool storeAnswers)
    {
        if (rings.TryGet(RingId.Default, out var shown) || !storeAnswers)
            return shown;
        try
        {
            return await rings.Find(RingId.Default);
        }
        catch (Exception e) when (e is StoreDamagedException or StoreUnavailableException)
        {
            return null;
        }
    }

    private static ReadinessCheck Check(string name, bool ok, string otherwise) => new(name, ok, ok ? null : otherwise);
}
