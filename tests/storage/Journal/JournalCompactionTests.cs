using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Core.Idempotency;
using Tumbler.Core.Keys;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests.Journal;

public sealed class JournalCompactionTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly JournalFixture fixture = new();
    private readonly History history = new(seed: 7);

    public void Dispose() => fixture.Dispose();

    private string Draft => fixture.File + ".new";

    [Fact]
    public async Task Compaction_keeps_every_state_entry_version_and_cursor()
    {
        await WriteMuchThatIsDead();
        var before = await Everything();
        var cursor = (await Page(null)).NextCursor;
        var pages = await Page(cursor);
        var length = fixture.Bytes().Length;

        fixture.Open();

        Assert.Contains(fixture.Log.Lines, line => line.Text.StartsWith("The journal was compacted", StringComparison.Ordinal));
        Assert.Equal(before, await Everything());
        Assert.Equal(pages.Items.Select(Shape.Of), (await Page(cursor)).Items.Select(Shape.Of));
        Assert.InRange(fixture.Bytes().Length, 1, length / 2);
        Assert.False(File.Exists(Draft));
    }

    [Fact]
    public async Task A_compacted_journal_goes_on_and_is_left_alone()
    {
        await WriteMuchThatIsDead();
        fixture.Restart();
        var saved = await history.Save(fixture.Journal, RingId.Default);
        fixture.Log.Lines.Clear();

        fixture.Restart();

        Assert.Empty(fixture.Log.Lines);
        Assert.Equal(Shape.Of(saved.State), Shape.Of((await fixture.Journal.Rings.Load(RingId.Default, Go))!.State));
        Assert.Equal(saved.Version, (await fixture.Journal.Rings.Load(RingId.Default, Go))!.Version);
    }

    [Fact]
    public async Task Audit_entries_alone_are_never_dead()
    {
        var (ring, entries) = history.Audited(history.NewRing(RingId.Default), entries: 6000);
        await fixture.Journal.Rings.Save(ring, VersionToken.None, entries, Go);
        Assert.True(fixture.Bytes().Length > 2 * 1024 * 1024);

        fixture.Open();

        Assert.Empty(fixture.Log.Lines);
    }

    [Fact]
    public async Task A_crash_while_the_draft_is_written_leaves_the_old_journal()
    {
        await WriteMuchThatIsDead();
        var before = await Everything();
        var old = fixture.Bytes();
        fixture.Restart();
        var compacted = fixture.Bytes();

        // Dead at the first byte, in the middle, and with all of it written but not renamed.
        foreach (var written in (int[])[0, 1, compacted.Length / 2, compacted.Length - 1, compacted.Length])
        {
            File.WriteAllBytes(fixture.File, old);
            File.WriteAllBytes(Draft, compacted[..written]);
            fixture.Open();
            Assert.Equal(before, await Everything());
            Assert.Equal(compacted, fixture.Bytes());
            Assert.False(File.Exists(Draft));
        }
    }

    [Fact]
    public async Task A_draft_of_somebody_else_is_never_taken_for_the_journal()
    {
        var saved = await history.Save(fixture.Journal, RingId.Default);
        var bytes = fixture.Bytes();
        File.WriteAllText(Draft, "anything");

        fixture.Open();

        Assert.Equal(Shape.Of(saved.State), Shape.Of((await fixture.Journal.Rings.Load(RingId.Default, Go))!.State));
        Assert.False(File.Exists(Draft));
        Assert.Equal(bytes, fixture.Bytes());
    }

    [Fact]
    public async Task A_crash_at_the_first_start_leaves_a_directory_that_starts()
    {
        File.WriteAllText(Draft, "{\"crc\":");
        await history.Save(fixture.Open(), RingId.Default);
        fixture.Restart();
        Assert.NotNull(await fixture.Journal.Rings.Load(RingId.Default, Go));
    }

    [Fact]
    public async Task A_torn_line_and_compaction_in_one_start()
    {
        await WriteMuchThatIsDead();
        var before = await Everything();
        await history.Save(fixture.Journal, RingId.Default);
        var bytes = fixture.Bytes();
        File.WriteAllBytes(fixture.File, bytes[..^1]);

        fixture.Open();

        Assert.Equal(before, await Everything());
    }

    /// <summary>A change of many large rows, again and again.</summary>
    private async Task WriteMuchThatIsDead()
    {
        await history.Save(fixture.Journal, History.Org(1));
        await history.Save(fixture.Journal, History.Node(1));
        while ((await fixture.Journal.Changes(null, Go)).Revocations.Entries.Count < 3)
            await history.Save(fixture.Journal, History.Ring(2));
        for (var i = 0; i < 30; i++)
        {
            var known = await fixture.Journal.Rings.Load(RingId.Default, Go);
            var receipts = Enumerable.Range(0, 20).Select(n => new Receipt($"{n}", $"{i}", DateTimeOffset.UnixEpoch, new string('x', 4000)));
            var ring = (known?.State ?? history.NewRing(RingId.Default)) with { Receipts = [.. receipts] };
            var (next, entries) = history.Audited(ring, entries: 2);
            Assert.Equal(SaveOutcome.Saved, (await fixture.Journal.Rings.Save(next, known?.Version ?? VersionToken.None, entries, Go)).Outcome);
        }
    }

    private async Task<List<string>> Everything()
    {
        var all = new List<string>();
        foreach (var id in await fixture.Journal.Rings.List(null, 100, Go))
            all.Add(Shape.Of(await fixture.Journal.Rings.Load(id, Go)));
        foreach (var slug in await fixture.Journal.Organizations.List(null, 100, Go))
            all.Add(Shape.Of(await fixture.Journal.Organizations.Load(slug, Go)));
        foreach (var node in await fixture.Journal.NodeLogs.List(null, 100, Go))
            all.Add(Shape.Of(await fixture.Journal.NodeLogs.Load(node, Go)));
        foreach (var chain in await fixture.Journal.Audit.Chains(Go).ToListAsync())
            all.AddRange(await fixture.Journal.Audit.Read(chain, Go).Select(Shape.Of).ToListAsync());
        var news = (await fixture.Journal.Changes(null, Go)).Revocations;
        all.Add($"{news.Last}: {string.Join(", ", news.Entries)}");
        var ring = (await fixture.Journal.Rings.Load(RingId.Default, Go))!.State;
        Assert.Null(AuditChain.Verify(
            ring.Chain, await fixture.Journal.Audit.Read(ring.Chain, Go).ToListAsync(), ring.AuditHead, History.AuditKey));
        return all;
    }

    private async Task<Page<AuditEntry>> Page(string? cursor)
    {
        var result = await fixture.Journal.Audit.Query(new AuditQuery(Page: new PageRequest(cursor, 10)), Go);
        Assert.True(result.TryGet(out var page, out var refusal), refusal?.Message);
        return page;
    }
}
