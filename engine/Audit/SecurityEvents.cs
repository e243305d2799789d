using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Tumbler.Core.Audit;

namespace Tumbler.Engine.Audit;

/// <summary>Takes note of requests that are turned away, for the audit log. Whoever turns one away waits for nobody: it
/// adds to a count in memory and goes on, whatever becomes of the log. What waits here is lost with the process.</summary>
public sealed class SecurityEvents
{
    /// <summary>How many that are not alike wait at most, of callers who proved no key of their own, and as many again of
    /// those who did, so that nobody can crowd them out. Bounds memory and the next commit. Of events beyond it the
    /// number is kept; what is alike is counted without end.</summary>
    public const int MostWaiting = 500;

    private static readonly int Reasons = Enum.GetValues<SecurityReason>().Length;

    private readonly Lock gate = new();
    private readonly Channel<bool> arrival = Channel.CreateBounded<bool>(1);
    private Dictionary<SecurityEvent, SecurityTally> waiting = new(new AlikeEvents());
    private long[] dropped = new long[Reasons];
    private readonly long[] totals = new long[Reasons];
    private int anonymous;
    private long recordedTotal;
    private long droppedTotal;

    /// <summary>Since the start: events that an entry has been or will be written for.</summary>
    public long Recorded => Interlocked.Read(ref recordedTotal);

    /// <summary>Since the start: events of which only the number will be in the log.</summary>
    public long Dropped => Interlocked.Read(ref droppedTotal);

    /// <summary>How many, alike or not, the next <see cref="Take"/> would take.</summary>
    public long Waiting
    {
        get
        {
            lock (gate)
                return waiting.Values.Sum(tally => tally.Count);
        }
    }

    /// <summary>Since the start, by reason: both of them.</summary>
    public IReadOnlyList<long> Totals
    {
        get
        {
            lock (gate)
                return [.. totals];
        }
    }

    /// <summary>Never fails. The lock is held for a hash and an addition, by anyone.</summary>
    public void Record(in SecurityEvent happened)
    {
        bool first;
        lock (gate)
        {
            first = waiting.Count == 0;
            totals[(int)happened.Reason]++;
            if (!TryCount(happened))
            {
                dropped[(int)happened.Reason]++;
                droppedTotal++;
                return;
            }

            recordedTotal++;
        }

        if (first)
            arrival.Writer.TryWrite(true);
    }

    /// <summary>Waits for the first event after the last <see cref="Take"/>.</summary>
    public async Task Arrival(CancellationToken stop) => await arrival.Reader.ReadAsync(stop);

    /// <summary>Everything that waits, or null.</summary>
    public SecurityBatch? Take()
    {
        Dictionary<SecurityEvent, SecurityTally> tallies;
        long[] numbers;
        lock (gate)
        {
            if (waiting.Count == 0)
                return null;
            (tallies, numbers) = (waiting, dropped);
            (waiting, dropped, anonymous) = (new(waiting.Comparer), new long[Reasons], 0);
        }

        return new SecurityBatch(
            Chance.Uuid(),
            [.. tallies.Values],
            numbers.Index().Where(each => each.Item > 0).ToDictionary(each => (SecurityReason)each.Index, each => each.Item));
    }

    private bool TryCount(in SecurityEvent happened)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrNullRef(waiting, happened);
        if (!Unsafe.IsNullRef(ref tally))
        {
            tally = tally with { Count = tally.Count + 1, LastAt = happened.At };
            return true;
        }

        var isAnonymous = happened.Key is null;
        if ((isAnonymous ? anonymous : waiting.Count - anonymous) >= MostWaiting)
            return false;
        anonymous += isAnonymous ? 1 : 0;
        waiting.Add(happened, new SecurityTally(happened, 1, happened.At));
        return true;
    }
}
