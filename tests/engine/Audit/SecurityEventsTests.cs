using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;

namespace Tumbler.Engine.Tests.Audit;

public sealed class SecurityEventsTests
{
    private readonly SecurityEvents events = new();

    [Fact]
    public void What_is_alike_is_counted_and_the_first_of_it_is_kept()
    {
        events.Record(Turned.Away(requestId: "first"));
        events.Record(Turned.Away(requestId: "second"));
        events.Record(Turned.Away(requestId: "third") with { At = Installation.Start.AddSeconds(1) });
        events.Record(Turned.Away(source: 2));

        var batch = events.Take()!;

        Assert.Equal(
            [new SecurityTally(Turned.Away(requestId: "first"), 3, Installation.Start.AddSeconds(1)), new(Turned.Away(source: 2), 1, Installation.Start)],
            batch.Tallies);
        Assert.Empty(batch.Dropped);
        Assert.Equal((4, 0), (events.Recorded, events.Dropped));
    }

    [Fact]
    public void What_was_taken_is_taken_once_and_every_batch_has_a_name_of_its_own()
    {
        Assert.Null(events.Take());
        events.Record(Turned.Away());
        var first = events.Take()!;
        Assert.Null(events.Take());
        events.Record(Turned.Away());
        events.Record(Turned.Away(requestId: "another"));
        var second = events.Take()!;

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(2, Assert.Single(second.Tallies).Count);
    }

    [Fact]
    public void Beyond_the_bound_only_the_number_is_kept_until_the_next_batch()
    {
        for (var source = 0; source < SecurityEvents.MostWaiting + 7; source++)
            events.Record(Turned.Away(source));
        events.Record(Turned.Away(source: 0));
        events.Record(Turned.Away(source: -1, SecurityReason.MalformedKey));

        var batch = events.Take()!;

        Assert.Equal(SecurityEvents.MostWaiting, batch.Tallies.Count);
        Assert.Equal(SecurityEvents.MostWaiting + 1, batch.RecordedCount);
        Assert.Equal([(SecurityReason.MalformedKey, 1), (SecurityReason.UnknownKey, 7)], batch.Dropped.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Value));
        Assert.Equal((batch.RecordedCount, batch.DroppedCount), (events.Recorded, events.Dropped));

        events.Record(Turned.Away(source: -1));
        Assert.Empty(events.Take()!.Dropped);
    }

    [Fact]
    public void Who_proved_no_key_crowds_out_nobody_who_did_and_the_other_way_round()
    {
        for (var n = 0; n < SecurityEvents.MostWaiting * 2; n++)
            events.Record(Turned.Away(n));
        for (var n = 0; n < SecurityEvents.MostWaiting * 2; n++)
            events.Record(Turned.Known(n));

        var batch = events.Take()!;

        Assert.Equal(SecurityEvents.MostWaiting, batch.Tallies.Count(tally => tally.First.Key is null));
        Assert.Equal(SecurityEvents.MostWaiting, batch.Tallies.Count(tally => tally.First.Key is not null));
    }

    [Fact]
    public async Task The_first_event_of_a_batch_calls_whoever_waits()
    {
        var arrival = events.Arrival(CancellationToken.None);
        Assert.False(arrival.IsCompleted);

        events.Record(Turned.Away());
        events.Record(Turned.Away());
        await arrival;

        events.Take();
        arrival = events.Arrival(CancellationToken.None);
        Assert.False(arrival.IsCompleted);
        events.Record(Turned.Away());
        await arrival;
    }

    [Fact]
    public void Counting_what_is_known_already_takes_no_memory()
    {
        var happened = Turned.Away();
        events.Record(happened);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10_000; i++)
            events.Record(happened);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Nothing_goes_uncounted_while_many_record_and_one_takes()
    {
        const int Threads = 4;
        const int Each = 50_000;
        using var over = new CancellationTokenSource();
        long recorded = 0, dropped = 0;
        var taking = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
                Add(events.Take());
        });

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                events.Record(Turned.Away(i % 3 == 0 ? i : thread));
        })));
        await over.CancelAsync();
        await taking;
        Add(events.Take());

        Assert.Equal((events.Recorded, events.Dropped), (recorded, dropped));
        Assert.Equal(Threads * Each, recorded + dropped);

        void Add(SecurityBatch? batch)
        {
            recorded += batch?.RecordedCount ?? 0;
            dropped += batch?.DroppedCount ?? 0;
        }
    }
}
