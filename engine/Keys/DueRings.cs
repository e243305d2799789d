using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Keys;

/// <summary>Finds the rings that something is due in: those the store lists, and those of which only this process knows that
/// something is wrong. Rings at rest are not read. To be asked by one pulse at a time.</summary>
public sealed partial class DueRings(
    IStore store, RingRepair repair, RotationFailures failures, TimeProvider clock, ILogger<DueRings> log)
{
    private const int ListSize = 500;

    /// <summary>After a week off every ring is due, and a key takes a core up to a second. Half of them goes on signing.</summary>
    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Rings that the store lists and that are quiet all the same: a row from before there was such a list, or one that
    /// was saved by a clock ahead of this one. They are not read again until their time has come.</summary>
    private Dictionary<RingToLookAt, QuietTime> quiet = [];

    /// <summary>Has each of them ticked, a few at a time, the one that has waited longest first.</summary>
    /// <param name="ahead">Also those that something will be due in so soon.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task Each(Func<RingId, Task> tick, CancellationToken stop, TimeSpan ahead = default)
    {
        var at = clock.Now() + ahead;
        var broken = repair.Needed().Concat(failures.Rings).ToHashSet();
        await AtATime(broken, ring => TickBroken(ring, at, tick, stop), stop);

        var stillQuiet = new ConcurrentDictionary<RingToLookAt, QuietTime>();
        RingToLookAt? after = null;
        while (await store.RingsToLookAt(at, after, ListSize, stop) is { Count: > 0 } listed)
        {
            await AtATime(listed.Where(each => !broken.Contains(each.Ring)), each => TickListed(each, at, tick, stillQuiet, stop), stop);
            after = listed[^1];
        }

        quiet = new(stillQuiet);
    }

    private async Task TickBroken(RingId ring, DateTimeOffset at, Func<RingId, Task> tick, CancellationToken stop)
    {
        if (repair.IsNeeded(ring) || await Read(ring, stop) is not { } found || KeySchedule.Due(found, at).Count > 0)
            await tick(ring);
        else
            // Somebody else has done it.
            failures.Succeeded(ring);
    }

    private async Task TickListed(
        RingToLookAt listed, DateTimeOffset at, Func<RingId, Task> tick, ConcurrentDictionary<RingToLookAt, QuietTime> stillQuiet, CancellationToken stop)
    {
        var (known, isKnown) = (quiet.GetValueOrDefault(listed), quiet.ContainsKey(listed));
        if (!isKnown || !known.Holds(at))
        {
            if (await Read(listed.Ring, stop) is not { } ring)
                return;
            known = KeySchedule.QuietAfter(ring, at);
        }

        if (known.Holds(at))
            stillQuiet[listed] = known;
        else
            await tick(listed.Ring);
    }

    /// <summary>Null when it can't be read: the others have their turn all the same.</summary>
    private async Task<KeyRing?> Read(RingId ring, CancellationToken stop)
    {
        try
        {
            return (await store.Rings.Load(ring, stop))?.State;
        }
        catch (StoreDamagedException damaged)
        {
            LogDamaged(ring, damaged.Message);
            return null;
        }
    }

    private static Task AtATime<T>(IEnumerable<T> rings, Func<T, Task> look, CancellationToken stop) => Parallel.ForEachAsync(
        rings,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
        async (ring, _) => await look(ring));

    [LoggerMessage(LogLevel.Error, "Ring {Ring} could not be brought up to date: {Reason}")]
    private partial void LogDamaged(RingId ring, string reason);
}
