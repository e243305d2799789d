using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests;

/// <summary>What every store promises about pruning its audit log.</summary>
public abstract class AuditPruningContract
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly History history = new(seed: 11);

    /// <summary>Empty when the test begins.</summary>
    protected abstract IStore Store { get; }

    /// <summary>The same, opened by who may prune.</summary>
    protected abstract IStore Pruner { get; }

    /// <summary>As if the process had died and started again: what was not durable is gone.</summary>
    protected abstract void Restart();

    protected abstract void FailNextSave(Fault fault);

    [Fact]
    public async Task What_an_archive_holds_goes_and_the_rest_verifies_here_and_offline_again_and_again()
    {
        using var log = new PrunedLog();
        await SomeChanges(40);
        var archives = new List<string>();
        var ever = await PrunedLog.Entries(Store);
        for (var round = 1; round <= 3; round++)
        {
            archives.Add(await log.Export(Store));
            var middle = ever.Values.Select(entry => entry.Time).Order().ElementAt(ever.Count - 20);
            await SomeChanges(10);
            ever = ever.Concat((await PrunedLog.Entries(Store)).ExceptBy(ever.Keys, entry => entry.Key)).ToDictionary();
            var before = await PrunedLog.Entries(Store);
            var archive = await log.Archive(archives[^1], middle);

            var foretold = await log.Prune(Pruner, archive, dryRun: true);
            Assert.Equal(before.Count, (await PrunedLog.Entries(Store)).Count);
            var pruned = await log.Prune(Pruner, archive);
            if (round == 2)
                Restart();

            var left = await PrunedLog.Entries(Store);
            Assert.Equal(foretold, pruned);
            Assert.Equal((4, round), (pruned.Chains, (int)pruned.Number));
            Assert.Equal(before.Count - pruned.Entries, left.Count);
            Assert.All(before.ExceptBy(left.Keys, entry => entry.Key), entry => Assert.True(entry.Value.Time < middle));
            var verdict = await log.Verify(Store);
            Assert.Equal(((bool, int, long, AuditFault?))(true, 4, left.Count, null), (verdict.Valid, verdict.Chains, verdict.Entries, verdict.FirstFault));
            Assert.Null((await log.VerifyOffline(await log.Export(Store, "Org_1"))).Fault);

            // A second time there is nothing left to do.
            Assert.Equal(0, (await log.Prune(Pruner, archive)).Entries);
        }

        // Together the archives hold all that ever was, as it was.
        archives.Add(await log.Export(Store));
        var archived = new Dictionary<(string, long), AuditEntry>();
        foreach (var archive in archives)
            Assert.Null((await log.VerifyOffline(archive, entry => archived[(entry.Chain, entry.Seq)] = entry)).Fault);
        Assert.Equal(ever.Count, archived.Count);
        Assert.All(ever, entry => Assert.Equal(Shape.Of(entry.Value), Shape.Of(archived[entry.Key])));
        await using var view = await Store.Audit.View(Go);
        Assert.Equal([1, 2, 3], await view.AnchorNotes(Go).Select(note => note.Number).ToListAsync());
        foreach (var ends in await view.Chains(Go).ToListAsync())
        {
            Assert.Null(await view.HashOf(ends.Chain, ends.Anchor!.Seq, Go));
            Assert.Equal(ends.Anchor.Hash, (await view.Entries(ends.Chain, Go).ToListAsync())[0].Entry!.PrevHash);
            Assert.Equal(ends.Owner!.Hash, await view.HashOf(ends.Chain, ends.Owner.Seq, Go));
            Assert.Equal(ends.Anchor.Seq + 1, (await Store.Audit.Read(ends.Chain, Go).FirstAsync()).Seq);
        }
    }

    [Fact]
    public async Task The_last_entry_that_an_archive_holds_of_a_chain_stays()
    {
        using var log = new PrunedLog();
        await SomeChanges(12);

        var pruned = await log.Prune(Pruner, await log.Archive(await log.Export(Store), DateTimeOffset.MaxValue));

        Assert.Equal((8L, 4), (pruned.Entries, (await PrunedLog.Entries(Store)).Count));
        await SomeChanges(4);
        Assert.True((await log.Verify(Store)).Valid);
        Assert.Null((await log.VerifyOffline(await log.Export(Store))).Fault);
    }

    /// <summary>All ways on one log: making one costs more than all else.</summary>
    [Fact]
    public async Task Tampering_with_the_anchors_of_an_export_is_found()
    {
        using var log = new PrunedLog();
        await SomeChanges(12);
        await log.Prune(Pruner, await log.Archive(await log.Export(Store), DateTimeOffset.MaxValue));
        await SomeChanges(12);
        var older = await log.Export(Store);
        await log.Prune(Pruner, await log.Archive(older, DateTimeOffset.MaxValue));
        await SomeChanges(8);
        var export = await log.Export(Store);
        Assert.Null((await log.VerifyOffline(export)).Fault);
        string At(string name) => Path.Combine(export, name);
        void Edit(string name, Action<List<string>> edit)
        {
            var lines = File.ReadAllLines(At(name)).ToList();
            edit(lines);
            File.WriteAllText(At(name), string.Concat(lines.Select(line => line + "\n")));
        }

        void Copy(string from, string to) => File.Copy(from, At(to), overwrite: true);

        foreach (var (how, file, tamper) in ((string, string, Action)[])
            [
                ("anchor changed", "anchors.jsonl", () => Edit("anchors.jsonl", lines => lines[1] = lines[1].Replace("\"hash\":\"", "\"hash\":\"0", StringComparison.Ordinal))),
                ("anchor removed", "anchors.jsonl", () => Edit("anchors.jsonl", lines => lines.RemoveAt(1))),
                ("anchor added", "anchors.jsonl", () => Edit("anchors.jsonl", lines => lines.Add("""{"chain":"ring:x","hash":"00","seq":1}"""))),
                ("anchors missing", "anchors.jsonl", () => File.Delete(At("anchors.jsonl"))),
                ("note changed", "anchors.txt", () => Edit("anchors.txt", lines => lines[3] = "number 7")),
                ("note missing", "anchors.txt", () => File.Delete(At("anchors.txt"))),
                ("checkpoint as note", "anchors.txt", () => Copy(At("checkpoint.txt"), "anchors.txt")),
                ("note as checkpoint", "checkpoint.txt", () =>
                {
                    Copy(At("anchors.txt"), "checkpoint.txt");
                    Copy(At("anchors.jsonl"), "heads.jsonl");
                }),
                ("older anchors", "audit.jsonl", () =>
                {
                    Copy(Path.Combine(older, "anchors.jsonl"), "anchors.jsonl");
                    Copy(Path.Combine(older, "anchors.txt"), "anchors.txt");
                }),
                ("no anchors at all", "audit.jsonl", () =>
                {
                    File.Delete(At("anchors.jsonl"));
                    File.Delete(At("anchors.txt"));
                }),
                ("entry after the anchor removed", "audit.jsonl", () => Edit("audit.jsonl", lines => lines.RemoveAt(0))),
            ])
        {
            var kept = Directory.GetFiles(export).ToDictionary(path => path, File.ReadAllBytes);
            tamper();
            Assert.Equal((how, file), (how, (await log.VerifyOffline(export)).Fault?.File));
            foreach (var (path, bytes) in kept)
                await File.WriteAllBytesAsync(path, bytes);
        }

        Assert.Null((await log.VerifyOffline(export)).Fault);
    }

    [Fact]
    public async Task One_organizations_export_tells_of_no_other_and_needs_its_own_anchor()
    {
        using var log = new PrunedLog();
        await SomeChanges(12);
        await log.Prune(Pruner, await log.Archive(await log.Export(Store), DateTimeOffset.MaxValue));
        await history.Save(Store, History.Org(3));
        var (own, other, unpruned) = (await log.Export(Store, "Org_1"), await log.Export(Store, "Org_2"), await log.Export(Store, "Org_3"));

        Assert.Equal("org:Org_1", (await log.VerifyOffline(own)).Chain);
        Assert.DoesNotContain("Org_2", string.Concat(Directory.GetFiles(own).Select(File.ReadAllText)), StringComparison.Ordinal);
        Assert.Null((await log.VerifyOffline(unpruned)).Fault);
        Assert.Empty(Directory.GetFiles(unpruned, "anchors*"));

        File.Copy(Path.Combine(other, "anchors.jsonl"), Path.Combine(own, "anchors.jsonl"), overwrite: true);
        Assert.Equal("anchors-proof.json", (await log.VerifyOffline(own)).Fault?.File);
        File.Copy(Path.Combine(other, "anchors-proof.json"), Path.Combine(own, "anchors-proof.json"), overwrite: true);
        Assert.Equal("anchors.jsonl", (await log.VerifyOffline(own)).Fault?.File);
        foreach (var file in Directory.GetFiles(own, "anchors*"))
            File.Delete(file);
        Assert.Equal(("audit.jsonl", 1L, "org:Org_1", 1L), ((await log.VerifyOffline(own)).Fault is { } fault ? (fault.File, fault.Line!.Value, fault.Chain!, fault.Seq!.Value) : default));
    }

    [Fact]
    public async Task An_archive_of_another_log_or_of_an_older_one_prunes_nothing()
    {
        using var log = new PrunedLog();
        await SomeChanges(12);
        var archive = await log.Archive(await log.Export(Store), DateTimeOffset.MaxValue);
        var otherNote = archive with { Note = archive.Note + " " };
        var point = archive.Points[0];
        var gap = archive with { Points = [point with { First = 2 }] };
        var otherHash = archive with { Points = [point with { Last = point.Last with { Hash = new string('0', 64) } }] };
        var beyond = archive with { Points = [point with { Last = point.Last with { Seq = 3 } }] };

        foreach (var (wrong, reason) in ((Engine.Audit.AuditArchive, string)[])
            [(otherNote, "not of this log"), (archive with { Number = 2 }, "not of this log"), (gap, "begins with number 2"), (otherHash, "does not hold"), (beyond, "does not hold")])
        {
            Assert.Contains(reason, (await log.TryPrune(Pruner, wrong)).Refusal?.Message, StringComparison.Ordinal);
        }

        Assert.Equal(12, (await PrunedLog.Entries(Store)).Count);
    }

    [Theory]
    [InlineData(Fault.DidNotPersist)]
    [InlineData(Fault.DidPersist)]
    public async Task A_pruning_that_fails_is_there_whole_or_not_at_all(Fault fault)
    {
        using var log = new PrunedLog();
        await SomeChanges(12);
        var archive = await log.Archive(await log.Export(Store), DateTimeOffset.MaxValue);
        await using (var view = await Store.Audit.View(Go))
            Assert.Empty(await view.AnchorNotes(Go).ToListAsync());

        FailNextSave(fault);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => log.TryPrune(Pruner, archive));

        Restart();
        Assert.Equal(fault == Fault.DidPersist ? 4 : 12, (await PrunedLog.Entries(Store)).Count);
        await using var after = await Store.Audit.View(Go);
        Assert.Equal(fault == Fault.DidPersist ? 1 : 0, await after.AnchorNotes(Go).CountAsync());
        Assert.All(await after.Chains(Go).ToListAsync(), ends => Assert.Equal(fault == Fault.DidPersist, ends.Anchor is not null));
        Assert.True((await log.Verify(Store)).Valid);
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_prunings_at_once_one_is_saved_and_the_log_is_written_meanwhile()
    {
        using var log = new PrunedLog();
        await SomeChanges(12);
        var archive = await log.Archive(await log.Export(Store), DateTimeOffset.MaxValue);

        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var results = await Task.WhenAll(Meeting(first, second), Meeting(second, first));

        Assert.Equal([SaveOutcome.Saved, SaveOutcome.Conflict], results.Order());
        Assert.Equal(1, (await PrunedLog.Entries(Store)).Count(entry => entry.Key.Chain == "ring:ring-7"));

        async Task<SaveOutcome> Meeting(TaskCompletionSource mine, TaskCompletionSource other) => await Task.Run(async () => await Pruner.Audit.Prune(
            async _ =>
            {
                if (mine == first)
                    await history.Save(Store, History.Ring(7));
                mine.SetResult();
                await other.Task;
                return new StoredPruning(new StoredCheckpoint(1, "note"), [new ChainHead("ring:ring-1", archive.Points[^1].Last)]);
            },
            Go));
    }

    [Fact]
    public async Task A_view_that_is_open_keeps_seeing_what_it_saw()
    {
        using var log = new PrunedLog();
        await SomeChanges(12);
        var archive = await log.Archive(await log.Export(Store), DateTimeOffset.MaxValue);
        await using var view = await Store.Audit.View(Go);
        Assert.Equal(4, await view.Chains(Go).CountAsync());

        await log.Prune(Pruner, archive);

        Assert.Equal(12, await view.Entries(null, Go).CountAsync());
        Assert.All(await view.Chains(Go).ToListAsync(), ends => Assert.Null(ends.Anchor));
        Assert.NotNull(await view.HashOf("ring:ring-1", 1, Go));
    }

    [Fact]
    public async Task A_cursor_of_before_goes_on_rightly_or_is_refused()
    {
        using var log = new PrunedLog();
        await SomeChanges(12);
        var archive = await log.Archive(await log.Export(Store), DateTimeOffset.MaxValue);
        var first = await Page(null);
        await log.Prune(Pruner, archive);
        var left = await PrunedLog.Entries(Store);

        foreach (var restarted in (bool[])[false, true])
        {
            if (restarted)
                Restart();
            var next = await Store.Audit.Query(new AuditQuery(Page: new PageRequest(first.NextCursor, 3)), Go);
            if (next.TryGet(out var page, out var refusal))
                Assert.Equal(left.Keys.Except(first.Items.Select(Key)).Order(), page.Items.Select(Key).Order());
            else
                Assert.Equal("cursor", refusal.Fields[0].Field);
        }

        // Pages of after go on.
        Assert.Equal(left.Keys.Order(), (await Page(null)).Items.Concat((await Page((await Page(null)).NextCursor)).Items).Select(Key).Order());

        async Task<Page<AuditEntry>> Page(string? cursor) =>
            (await Store.Audit.Query(new AuditQuery(Page: new PageRequest(cursor, 3)), Go)).TryGet(out var page, out _) ? page : throw new InvalidOperationException();

        static (string, long) Key(AuditEntry entry) => (entry.Chain, entry.Seq);
    }

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
