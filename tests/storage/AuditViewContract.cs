using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests;

/// <summary>What every store promises about reading its audit log as a whole, about checkpoints and about exports.</summary>
public abstract class AuditViewContract
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly History history = new(seed: 7);

    /// <summary>Empty when the test begins.</summary>
    protected abstract IStore Store { get; }

    /// <summary>As if the process had died and started again: what was not durable is gone.</summary>
    protected abstract void Restart();

    protected abstract void FailNextSave(Fault fault);

    [Fact]
    public async Task An_empty_log_has_nothing_in_it()
    {
        await using var view = await Store.Audit.View(Go);

        Assert.Empty(await view.Chains(Go).ToListAsync());
        Assert.Empty(await view.Entries(null, Go).ToListAsync());
        Assert.Empty(await view.Checkpoints(Go).ToListAsync());
        Assert.Null(await view.LastCheckpoint(Go));
        Assert.Null(await view.HashOf("ring:default", 1, Go));
    }

    [Fact]
    public async Task Chains_and_entries_come_in_ordinal_order_with_their_owners_heads()
    {
        await SomeChanges(40);

        await using var view = await Store.Audit.View(Go);
        var chains = await view.Chains(Go).ToListAsync();
        var entries = await view.Entries(null, Go).ToListAsync();

        Assert.Equal(["org:Org_1", "org:Org_2", "ring:ring-0", "ring:ring-1"], chains.Select(ends => ends.Chain));
        Assert.All(chains, ends => Assert.Null(ends.Signed));
        Assert.Equal(entries.OrderBy(entry => entry.Chain, StringComparer.Ordinal).ThenBy(entry => entry.Seq), entries);
        Assert.All(chains, ends => Assert.Equal(ends.Owner!.Hash, entries.Last(entry => entry.Chain == ends.Chain).Entry!.Hash));
        foreach (var ends in chains)
        {
            var own = await view.Entries(ends.Chain, Go).ToListAsync();
            Assert.Equal(entries.Where(entry => entry.Chain == ends.Chain).Select(Shape.Of), own.Select(Shape.Of));
            Assert.Equal(await Store.Audit.Read(ends.Chain, Go).Select(Shape.Of).ToListAsync(), own.Select(entry => Shape.Of(entry.Entry)));
            Assert.Equal(ends.Owner!.Hash, await view.HashOf(ends.Chain, ends.Owner.Seq, Go));
            Assert.Null(await view.HashOf(ends.Chain, ends.Owner.Seq + 1, Go));
        }
    }

    [Fact]
    public async Task A_view_shows_one_moment_whatever_is_written_meanwhile()
    {
        await SomeChanges(8);
        await using var view = await Store.Audit.View(Go);
        var before = await view.Chains(Go).ToListAsync();

        await SomeChanges(8);
        await history.Save(Store, RingId.Default);
        await AddCheckpoint(1, "later");

        Assert.Equal(before, await view.Chains(Go).ToListAsync());
        Assert.Equal(8, await view.Entries(null, Go).CountAsync());
        Assert.Null(await view.LastCheckpoint(Go));
        Assert.Empty(await view.Entries("ring:default", Go).ToListAsync());
    }

    [Fact]
    public async Task Owners_heads_and_entries_of_a_view_agree_while_others_write()
    {
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            var own = new History(writer);
            while (!stop.IsCancellationRequested)
                await own.Save(Store, History.Ring(writer));
        })).ToArray();

        for (var i = 0; i < 30; i++)
        {
            await using var view = await Store.Audit.View(Go);
            var heads = await view.Entries(null, Go).GroupBy(entry => entry.Chain).ToDictionaryAsync(chain => chain.Key, chain => chain.Last().Entry!);
            await foreach (var ends in view.Chains(Go))
                Assert.Equal(ends.Owner, new AuditHead(heads[ends.Chain].Seq, heads[ends.Chain].Hash));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task More_entries_than_a_page_are_streamed()
    {
        var (ring, entries) = history.Audited(history.NewRing(RingId.Default), entries: 4001);
        await Store.Rings.Save(ring, VersionToken.None, entries, Go);

        await using var view = await Store.Audit.View(Go);

        Assert.Equal(entries.Select(entry => entry.Seq), await view.Entries(null, Go).Select(entry => entry.Entry!.Seq).ToListAsync());
        Assert.Equal(entries[2500].Hash, await view.HashOf(ring.Chain, 2501, Go));
    }

    [Fact]
    public async Task A_checkpoint_keeps_the_heads_of_the_moment_it_was_made_of()
    {
        await SomeChanges(8);
        IReadOnlyList<ChainEnds> seen = [];

        Assert.Equal(SaveOutcome.Saved, await Store.Audit.AddCheckpoint(
            async view =>
            {
                seen = await view.Chains(Go).ToListAsync();
                await history.Save(Store, History.Ring(1));
                await history.Save(Store, RingId.Default);
                return new StoredCheckpoint(1, "first\n");
            },
            Go));
        Restart();

        await using var after = await Store.Audit.View(Go);
        Assert.Equal([new StoredCheckpoint(1, "first\n")], await after.Checkpoints(Go).ToListAsync());
        Assert.Equal(new StoredCheckpoint(1, "first\n"), await after.LastCheckpoint(Go));
        var kept = await after.Chains(Go).ToListAsync();
        Assert.Equal(seen.Select(ends => (ends.Chain, ends.Owner)), kept.Where(ends => ends.Signed is not null).Select(ends => (ends.Chain, ends.Signed)));
        Assert.Equal(["ring:default", "ring:ring-1"], kept.Where(ends => ends.Owner != ends.Signed).Select(ends => ends.Chain));
    }

    [Fact]
    public async Task Heads_are_kept_of_the_last_checkpoint_only_and_notes_of_all()
    {
        for (var number = 1; number <= 5; number++)
        {
            await history.Save(Store, History.Ring(number % 2));
            Assert.Equal(SaveOutcome.Saved, await AddCheckpoint(number, $"note {number}"));
            if (number == 3)
                Restart();
        }

        await using var view = await Store.Audit.View(Go);
        Assert.Equal([1, 2, 3, 4, 5], await view.Checkpoints(Go).Select(checkpoint => checkpoint.Number).ToListAsync());
        Assert.Equal("note 5", (await view.LastCheckpoint(Go))?.Note);
        Assert.All(await view.Chains(Go).ToListAsync(), ends => Assert.Equal(ends.Owner, ends.Signed));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_number_that_is_taken_is_a_conflict_and_leaves_nothing(int ahead)
    {
        await history.Save(Store, History.Ring(1));
        await AddCheckpoint(1, "first");
        await AddCheckpoint(2, "second");
        await history.Save(Store, History.Ring(1));

        Assert.Equal(SaveOutcome.Conflict, await AddCheckpoint(2 + (ahead == 0 ? 0 : -1), "other"));

        await using var view = await Store.Audit.View(Go);
        Assert.Equal("second", (await view.LastCheckpoint(Go))?.Note);
        Assert.NotEqual(Assert.Single(await view.Chains(Go).ToListAsync()).Owner, (await view.Chains(Go).SingleAsync()).Signed);
    }

    [Fact]
    public async Task Of_many_that_are_added_at_once_one_is_saved()
    {
        await SomeChanges(8);
        for (var number = 1; number <= 5; number++)
        {
            await history.Save(Store, History.Ring(1));
            var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => AddCheckpoint(number, $"note {number}"))));

            Assert.Single(results, SaveOutcome.Saved);
            Assert.All(results, result => Assert.True(result is SaveOutcome.Saved or SaveOutcome.Conflict, result.ToString()));
        }
    }

    [Fact]
    public async Task No_checkpoint_is_no_change()
    {
        await history.Save(Store, History.Ring(1));

        Assert.Equal(SaveOutcome.Saved, await Store.Audit.AddCheckpoint(_ => ValueTask.FromResult<StoredCheckpoint?>(null), Go));

        await using var view = await Store.Audit.View(Go);
        Assert.Null(await view.LastCheckpoint(Go));
        Assert.Null((await view.Chains(Go).SingleAsync()).Signed);
    }

    [Theory]
    [InlineData(Fault.DidNotPersist)]
    [InlineData(Fault.DidPersist)]
    public async Task A_checkpoint_that_fails_is_there_whole_or_not_at_all(Fault fault)
    {
        await history.Save(Store, History.Ring(1));

        var outcome = await Store.Audit.AddCheckpoint(
            _ =>
            {
                FailNextSave(fault);
                return ValueTask.FromResult<StoredCheckpoint?>(new StoredCheckpoint(1, "note"));
            },
            Go);

        Assert.Equal(SaveOutcome.Unavailable, outcome);
        Restart();
        await using var view = await Store.Audit.View(Go);
        var ends = await view.Chains(Go).SingleAsync();
        Assert.Equal(fault == Fault.DidPersist, await view.LastCheckpoint(Go) is not null);
        Assert.Equal(fault == Fault.DidPersist ? ends.Owner : null, ends.Signed);
    }

    [Fact]
    public async Task An_export_is_kept_as_it_was_last_saved()
    {
        var export = Export(1);
        Assert.Equal(SaveOutcome.Saved, await Store.Exports.Save(export, Go));
        Assert.Equal(Shape.Of(export), Shape.Of(await Store.Exports.Load(export.Id, Go)));

        var done = export with
        {
            Org = "acme", Status = AuditExportStatus.Completed, Timestamp = AuditTimestampStatus.Failed, EntriesDone = 7, EntriesTotal = 8,
            Checkpoint = 9, Problem = "A \"problem\".", Files = ["audit.jsonl", "checkpoint.txt"],
        };
        Assert.Equal(SaveOutcome.Saved, await Store.Exports.Save(done, Go));
        Restart();

        Assert.Equal(Shape.Of(done), Shape.Of(await Store.Exports.Load(export.Id, Go)));
        Assert.Null(await Store.Exports.Load(Guid.Empty, Go));
    }

    [Fact]
    public async Task Exports_are_listed_newest_first_after_any_of_them()
    {
        var all = Enumerable.Range(1, 9).Select(n => Export(n, minute: n / 2)).ToArray();
        foreach (var export in all)
            await Store.Exports.Save(export, Go);
        var expected = all.OrderByDescending(export => (export.RequestedAt, export.Id)).Select(export => export.Id).ToArray();

        Assert.Equal(expected, (await Store.Exports.List(null, 20, Go)).Select(export => export.Id));
        for (var i = 0; i < expected.Length; i++)
        {
            var last = all.Single(export => export.Id == expected[i]);
            Assert.Equal(expected.Skip(i + 1).Take(2), (await Store.Exports.List((last.RequestedAt, last.Id), 2, Go)).Select(export => export.Id));
        }
    }

    private static AuditExport Export(int number, int minute = 0) => new(
        new Guid(number, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]), null, new DateTimeOffset(2026, 3, 1, 12, minute, 0, 5, TimeSpan.Zero),
        AuditExportStatus.Waiting, AuditTimestampStatus.NotRequested);

    private async Task<SaveOutcome> AddCheckpoint(long number, string note) =>
        await Store.Audit.AddCheckpoint(_ => ValueTask.FromResult<StoredCheckpoint?>(new StoredCheckpoint(number, note)), Go);

    /// <summary>Entries over four chains.</summary>
    private async Task SomeChanges(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i % 2 == 0)
                await history.Save(Store, History.Ring(i / 2 % 2));
            else
                await history.Save(Store, History.Org(i / 2 % 2 + 1));
        }
    }
}
