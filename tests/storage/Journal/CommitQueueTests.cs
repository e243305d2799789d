using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Contracts.Keys;
using Tumbler.Engine.Store;
using Tumbler.Storage.Journal;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Tests.Journal;

public sealed class CommitQueueTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly JournalFixture fixture = new();
    private readonly History history = new(seed: 6);

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_thousand_concurrent_saves_share_a_few_flushes()
    {
        var store = fixture.Journal;
        using var gate = new ManualResetEventSlim();
        fixture.Device!.BeforeFlush = gate.Wait;
        var changes = Enumerable.Range(0, 1000).Select(n => history.Audited(history.NewRing(History.Ring(n)))).ToArray();

        var saves = changes.Select(change => store.Rings.Save(change.Next, VersionToken.None, change.Entries, Go).AsTask()).ToArray();
        gate.Set();

        Assert.All(await Task.WhenAll(saves), result => Assert.Equal(SaveOutcome.Saved, result.Outcome));

        // Two when the first one is taken alone, one when the writer woke up late.
        Assert.InRange(fixture.Device.Flushes, 1, 10);
        fixture.Restart();
        Assert.Equal(1000, (await fixture.Journal.Rings.List(null, 2000, Go)).Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_sees_a_state_and_nobody_is_answered_before_the_flush()
    {
        var store = fixture.Journal;
        var first = await history.Save(store, RingId.Default);
        var (reached, gate) = (new TaskCompletionSource(), new ManualResetEventSlim());
        fixture.Device!.BeforeFlush = () =>
        {
            reached.TrySetResult();
            gate.Wait();
        };

        var (next, entries) = history.Audited(history.Changed(first.State));
        var save = store.Rings.Save(next, first.Version, entries, Go).AsTask();
        await reached.Task;
        var (rival, rivalEntries) = history.Audited(history.Changed(first.State));
        var conflict = store.Rings.Save(rival, first.Version, rivalEntries, Go).AsTask();

        var answeredBefore = save.IsCompleted || conflict.IsCompleted;
        var loadedBefore = (await store.Rings.Load(RingId.Default, Go))!.State;
        var entriesBefore = await store.Audit.Read(next.Chain, Go).CountAsync();

        // Opened before anything can fail, or the journal could not be closed.
        gate.Set();
        Assert.False(answeredBefore);
        Assert.Same(first.State, loadedBefore);
        Assert.Equal(1, entriesBefore);
        Assert.Equal(SaveOutcome.Saved, (await save).Outcome);
        Assert.Equal(SaveResult.Conflict, await conflict);
        Assert.Same(next, (await store.Rings.Load(RingId.Default, Go))!.State);
    }

    [Theory]
    [InlineData(Fault.DidNotPersist)]
    [InlineData(Fault.DidPersist)]
    public async Task After_a_failed_write_the_store_is_away_until_the_restart(Fault fault)
    {
        var store = fixture.Journal;
        var saved = await history.Save(store, RingId.Default);
        fixture.Device!.Next = fault;
        var (next, entries) = history.Audited(history.Changed(saved.State));
        Assert.Equal(SaveResult.Unavailable, await store.Rings.Save(next, saved.Version, entries, Go));
        fixture.Device.Next = null;

        Assert.Equal(SaveResult.Unavailable, await store.Rings.Save(next, saved.Version, entries, Go));
        Assert.Equal(SaveResult.Unavailable, await store.Rings.Save(next, VersionToken.None, entries, Go));
        Assert.False(await store.Ping(Go));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Rings.Load(RingId.Default, Go));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Rings.List(null, 1, Go));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Audit.Query(new(), Go));
        Assert.Throws<StoreUnavailableException>(() => store.Audit.Chains(Go));
        Assert.Throws<StoreUnavailableException>(() => store.Audit.Read(next.Chain, Go));
        Assert.Contains(fixture.Log.Lines, line => line.Level == Microsoft.Extensions.Logging.LogLevel.Critical);

        fixture.Restart();
        Assert.True(await fixture.Journal.Ping(Go));
    }

    [Fact]
    public async Task All_saves_that_share_a_failed_flush_are_unavailable()
    {
        var store = fixture.Journal;
        using var gate = new ManualResetEventSlim();
        fixture.Device!.BeforeFlush = gate.Wait;
        fixture.Device.Next = Fault.DidPersist;
        var saves = Enumerable.Range(0, 50)
            .Select(n => history.Audited(history.NewRing(History.Ring(n % 40))))
            .Select(change => store.Rings.Save(change.Next, VersionToken.None, change.Entries, Go).AsTask())
            .ToArray();
        gate.Set();

        Assert.All(await Task.WhenAll(saves), result => Assert.Equal(SaveResult.Unavailable, result));
    }

    [Fact]
    public async Task Closing_commits_what_waits_and_refuses_what_comes_later()
    {
        var store = fixture.Journal;
        var changes = Enumerable.Range(0, 100).Select(n => history.Audited(history.NewRing(History.Ring(n)))).ToArray();
        var saves = changes.Select(change => store.Rings.Save(change.Next, VersionToken.None, change.Entries, Go).AsTask()).ToArray();

        fixture.Close();

        Assert.All(await Task.WhenAll(saves), result => Assert.Equal(SaveOutcome.Saved, result.Outcome));
        Assert.Equal(SaveResult.Unavailable, await store.Rings.Save(changes[0].Next, new VersionToken(1), [], Go));
        fixture.Open();
        Assert.Equal(100, (await fixture.Journal.Rings.List(null, 200, Go)).Count);
    }

    /// <summary>Whoever verifies the log while it grows would take an entry without its state for one that was added.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Whoever_reads_an_entry_finds_the_state_that_it_leads_to()
    {
        var (next, entries) = history.Audited(history.NewRing(RingId.Default));
        var state = new JournalState();
        var published = false;
        var seen = new TaskCompletionSource<(int Entries, bool Published)>();
        var reader = new Thread(() => seen.SetResult((state.Audit.PositionsOf(next.Chain).Length, Volatile.Read(ref published))));
        void Publish()
        {
            reader.Start();

            // Far longer than reading takes, unless it waits for what happens here.
            reader.Join(TimeSpan.FromMilliseconds(200));
            Volatile.Write(ref published, true);
        }

        using (var queue = new CommitQueue(new NoFile(), batch: 0, state, NullLogger.Instance))
        {
            await queue.Enqueue(new PendingCommit(
                next.Chain, [], [.. entries.Select(AuditRow.Of)], () => true, Publish, SaveResult.Saved(new VersionToken(1))));
        }

        Assert.Equal((entries.Count, true), await seen.Task);
    }

    private sealed class NoFile : IJournalFile
    {
        public void Append(ReadOnlySpan<byte> line) { }

        public void Flush() { }

        public void Dispose() { }
    }
}
