using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tumbler.Engine.Revocations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>Asks the store again and again what has changed, and brings the snapshots that this node holds up to date: what
/// other processes of the same store save is shown here, too. A lost or late question loses nothing, because the next one
/// begins at the same mark.</summary>
/// <param name="clock">The machine's own: news take the time they take, however fast the process believes to live.</param>
public sealed partial class SnapshotPoller(
    IStore store,
    StoreClock storeClock,
    RingSnapshots rings,
    OrganizationSnapshots organizations,
    LiveRevocations revocations,
    TimeProvider clock,
    ILogger<SnapshotPoller> log) : BackgroundService
{
    /// <summary>A revocation is to be effective everywhere within 2 s of its commit. Half of that is waiting for the next
    /// question, the other half is left for the question, for reading what changed, and for a machine that is busy.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Two questions without an answer: what others have revoked may be accepted here for longer than it may be. Who asks
    /// every second and has not asked for so long stood still.</summary>
    public static readonly TimeSpan LongSilence = Interval * 2;

    /// <summary>So many states are read at once when many changed: enough to catch up, few enough to leave connections.</summary>
    private const int AtOnce = 4;

    /// <summary>Then it is not that this process stood still, but that the store does not answer.</summary>
    private static readonly TimeSpan CatchUpPatience = TimeSpan.FromSeconds(2);

    private ChangeMark? mark;
    private long known = clock.GetTimestamp();
    private volatile bool blind;
    private volatile TaskCompletionSource? catchingUp;
    private volatile Wish wish = new();

    /// <summary>How old what this node knows may be: since it asked the last question that was answered. When the answer came in
    /// says nothing; it may have lain about while the process stood still.</summary>
    public TimeSpan Silence => clock.GetElapsedTime(Volatile.Read(ref known));

    /// <summary>What each answer has told of.</summary>
    public StoreNews News { get; } = new();

    /// <summary>Before anything is read: what is read later is as new as the mark, or newer.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        var changes = await Ask(null, cancellationToken);
        revocations.Learn(changes.Revocations);
        mark = changes.Next;
        Volatile.Write(ref known, asked);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Completed, except in a process that was frozen and goes on: what it shows may have been withdrawn long ago, so
    /// nobody is answered before it has asked. A store that does not answer makes nobody wait for long.</summary>
    public ValueTask CatchUp() =>
        Silence < LongSilence || blind || ExecuteTask is null ? ValueTask.CompletedTask : new(WaitForNextAnswer());

    /// <summary>Has a question asked at once, and waits for its answer: what was saved before this is known after it.</summary>
    /// <returns>Whether there was an answer in time. False before the first question.</returns>
    public async Task<bool> AskAgain()
    {
        if (ExecuteTask is null)
            return false;
        var wanted = wish;
        wanted.Make();
        try
        {
            return await wanted.Answered.WaitAsync(Interval, clock);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Asks once. What fails is logged when it begins and when it is over, and asked again from the same mark.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever cannot be read now, what else is revoked must go on being heard.")]
    public async Task Poll(CancellationToken stop)
    {
        var asked = clock.GetTimestamp();
        try
        {
            // Who has no mark yet may have read something already, so it begins with everything.
            var changes = await Ask(mark ?? default(ChangeMark), stop);

            // First of all, and whatever else can be read: nobody's revocation waits for another's row.
            revocations.Learn(changes.Revocations);
            await Refresh(changes, stop);
            mark = changes.Next;
            News.Tell(changes);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            if (!blind)
                LogBlind(failure);
            blind = true;
            catchingUp?.TrySetResult();
            return;
        }

        if (blind)
            LogSeeing(Silence.TotalSeconds);
        blind = false;
        Volatile.Write(ref known, asked);
        if (Silence < LongSilence)
            Interlocked.Exchange(ref catchingUp, null)?.TrySetResult();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        try
        {
            while (true)
            {
                await PollForAll(stoppingToken);
                await TickOrHint(tick, stoppingToken);
                if (!tick.IsCompleted)
                    continue;
                await tick;
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }
        }
        finally
        {
            wish.Answer(false);
        }
    }

    /// <summary>Whoever has wished for a question until now gets this one's answer.</summary>
    private async Task PollForAll(CancellationToken stop)
    {
        var answering = Interlocked.Exchange(ref wish, new Wish());
        try
        {
            await Poll(stop);
        }
        finally
        {
            answering.Answer(!blind);
        }
    }

    private async Task TickOrHint(Task tick, CancellationToken stop)
    {
        var wished = wish.Made;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var hint = store.Hint(over.Token);
        await Task.WhenAny(tick, hint, wished);
        if (hint.IsFaulted)
            await Task.WhenAny(tick, wished);
        await over.CancelAsync();

        // Over before the next question: both may want the same connection.
        await hint.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<StoreChanges> Ask(ChangeMark? since, CancellationToken stop)
    {
        var before = clock.GetUtcNow();
        var changes = await store.Changes(since, stop);
        if (changes.StoreTime is { } storeTime)
            Compare(storeTime, before);
        return changes;
    }

    private void Compare(DateTimeOffset storeTime, DateTimeOffset before)
    {
        var wasOff = storeClock.IsOff;
        storeClock.Compare(storeTime, before, clock.GetUtcNow());
        if (!wasOff && storeClock.IsOff)
            LogClockOff(storeClock.Difference!.Value.TotalSeconds);
        else if (wasOff && !storeClock.IsOff)
            LogClockRight();
    }

    private async Task WaitForNextAnswer()
    {
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = Interlocked.CompareExchange(ref catchingUp, fresh, null) ?? fresh;
        if (waiting == fresh)
            _ = GiveUp(fresh);
        await waiting.Task;

        // Whoever comes later does not wait again; the next answer begins anew.
        async Task GiveUp(TaskCompletionSource waiting)
        {
            await Task.Delay(CatchUpPatience, clock);
            waiting.TrySetResult();
        }
    }

    private async Task Refresh(StoreChanges changes, CancellationToken stop)
    {
        var failures = new ConcurrentQueue<Exception>();
        await Each(changes.Rings, rings.Refresh, failures, stop);
        await Each(changes.Organizations, organizations.Refresh, failures, stop);
        if (failures.TryPeek(out var first))
            throw new InvalidOperationException("Not everything that has changed can be read.", first);
    }

    /// <summary>All of them, also when one can't be read: nobody's revocation waits for another's damaged row. That one is no
    /// longer shown, and asking again would change nothing.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Kept and thrown when all have had their turn.")]
    private Task Each<T>(
        IReadOnlyList<T> changed, Func<T, CancellationToken, Task> refresh, ConcurrentQueue<Exception> failures, CancellationToken stop) =>
        Parallel.ForEachAsync(
            changed,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (each, cancelled) =>
            {
                try
                {
                    await refresh(each, cancelled);
                }
                catch (StoreDamagedException damaged)
                {
                    LogDamaged(damaged.Message);
                }
                catch (Exception failure)
                {
                    failures.Enqueue(failure);
                }
            });

    /// <summary>Somebody wants a question asked that begins later than the wish.</summary>
    private sealed class Wish
    {
        private readonly TaskCompletionSource made = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<bool> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Made => made.Task;

        public Task<bool> Answered => answered.Task;

        public void Make() => made.TrySetResult();

        public void Answer(bool heard) => answered.TrySetResult(heard);
    }

    [LoggerMessage(LogLevel.Error, "This node does not hear what has changed and goes on with what it knows; it keeps asking.")]
    private partial void LogBlind(Exception failure);

    [LoggerMessage(LogLevel.Error, "This machine's clock is {Seconds:F1} s ahead of the store's; over 30 s this node is not ready, issues no tokens and changes no keys. Set both by NTP.")]
    private partial void LogClockOff(double seconds);

    [LoggerMessage(LogLevel.Information, "This machine's clock agrees with the store's again.")]
    private partial void LogClockRight();

    [LoggerMessage(LogLevel.Error, "A change can't be read, so what it changed is no longer served here: {Reason}")]
    private partial void LogDamaged(string reason);

    [LoggerMessage(LogLevel.Information, "This node hears of changes again, after {Seconds:F1} s.")]
    private partial void LogSeeing(double seconds);
}
