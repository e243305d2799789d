using System.Diagnostics;
using System.Globalization;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests;

/// <summary>What every store promises. One suite for all of them, each on the real thing.</summary>
public abstract class StoreContract
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly History history = new(seed: 2);

    /// <summary>Empty when the test begins.</summary>
    protected abstract IStore Store { get; }

    /// <summary>As if the process had died and started again: what was not durable is gone.</summary>
    protected abstract void Restart();

    protected abstract void FailNextSave(Fault fault);

    [Fact]
    public async Task What_was_never_saved_is_not_there()
    {
        Assert.Null(await Store.Rings.Load(RingId.Default, Go));
        Assert.Null(await Store.Organizations.Load(History.Org(1), Go));
        Assert.Null(await Store.NodeLogs.Load(History.Node(1), Go));
        Assert.Empty(await Store.Rings.List(null, 10, Go));
        Assert.Empty(await Store.Audit.Chains(Go).ToListAsync());
        Assert.Empty(await Store.Audit.Read("ring:default", Go).ToListAsync());
        Assert.True(await Store.Ping(Go));
    }

    [Fact]
    public async Task What_was_saved_can_be_loaded_with_its_version()
    {
        var ring = await history.Save(Store, RingId.Default);
        var org = await history.Save(Store, History.Org(1));
        var node = await history.Save(Store, History.Node(1));

        AssertSame(node, await Store.NodeLogs.Load(History.Node(1), Go));
        AssertSame(ring, await Store.Rings.Load(RingId.Default, Go));
        AssertSame(org, await Store.Organizations.Load(History.Org(1), Go));
    }

    [Fact]
    public async Task Every_field_of_every_state_survives_a_restart()
    {
        var rings = new Dictionary<RingId, Stored<KeyRing>>();
        var orgs = new Dictionary<OrgSlug, Stored<Organization>>();
        var nodes = new Dictionary<NodeId, Stored<NodeLog>>();
        for (var round = 0; round < 60; round++)
        {
            rings[History.Ring(round % 3)] = await history.Save(Store, History.Ring(round % 3));
            orgs[History.Org(round % 4)] = await history.Save(Store, History.Org(round % 4));
            nodes[History.Node(round % 2)] = await history.Save(Store, History.Node(round % 2));
            if (round % 10 == 9)
                Restart();
        }

        foreach (var (id, ring) in rings)
            AssertSame(ring, await Store.Rings.Load(id, Go));
        foreach (var (slug, org) in orgs)
            AssertSame(org, await Store.Organizations.Load(slug, Go));
        foreach (var (id, node) in nodes)
            AssertSame(node, await Store.NodeLogs.Load(id, Go));
        Assert.Equal([History.Node(0), History.Node(1)], await Store.NodeLogs.List(null, 10, Go));
    }

    [Fact]
    public async Task Every_field_of_every_audit_entry_survives_a_restart()
    {
        var (ring, entries) = history.Audited(history.NewRing(RingId.Default), entries: 50);
        await Store.Rings.Save(ring, VersionToken.None, entries, Go);

        Restart();

        Assert.Equal(entries.Select(Shape.Of), await Store.Audit.Read(ring.Chain, Go).Select(Shape.Of).ToListAsync());
        Assert.Null(AuditChain.Verify(ring.Chain, await Store.Audit.Read(ring.Chain, Go).ToListAsync(), ring.AuditHead, History.AuditKey));
    }

    [Fact]
    public async Task Rows_that_change_places_stand_in_their_new_order()
    {
        var first = await history.Save(Store, RingId.Default);
        while (first.State.Keys.Length < 3 || first.State.Receipts.Length < 3)
            first = await history.Save(Store, RingId.Default);
        var (next, entries) = history.Audited(first.State with
        {
            Keys = [.. first.State.Keys.Reverse()],
            Receipts = [.. first.State.Receipts.Reverse()],
        });

        var saved = await Store.Rings.Save(next, first.Version, entries, Go);

        Assert.Equal(SaveOutcome.Saved, saved.Outcome);
        Restart();
        AssertSame(new Stored<KeyRing>(next, saved.Version), await Store.Rings.Load(RingId.Default, Go));
    }

    [Fact]
    public async Task Thousands_of_entries_go_into_one_commit()
    {
        var before = await history.Save(Store, RingId.Default);
        var (next, entries) = history.Audited(before.State, entries: 5000);

        Assert.Equal(SaveOutcome.Saved, (await Store.Rings.Save(next, before.Version, entries, Go)).Outcome);

        Assert.Null(AuditChain.Verify(next.Chain, await Store.Audit.Read(next.Chain, Go).ToListAsync(), next.AuditHead, History.AuditKey));
    }

    [Fact]
    public async Task A_later_version_compares_greater()
    {
        var version = VersionToken.None;
        for (var i = 0; i < 20; i++)
        {
            var saved = await history.Save(Store, RingId.Default);
            Assert.True(saved.Version > version);
            version = saved.Version;
            if (i == 10)
                Restart();
        }
    }

    [Fact]
    public async Task A_save_that_expects_another_version_is_a_conflict_and_leaves_nothing()
    {
        var first = await history.Save(Store, RingId.Default);
        var second = await history.Save(Store, RingId.Default);
        var (stale, entries) = history.Audited(history.Changed(first.State));

        Assert.Equal(SaveResult.Conflict, await Store.Rings.Save(stale, first.Version, entries, Go));
        Assert.Equal(SaveResult.Conflict, await Store.Rings.Save(stale, VersionToken.None, entries, Go));
        Assert.Equal(SaveResult.Conflict, await Store.Rings.Save(stale, new VersionToken(second.Version.Value + 1), entries, Go));

        AssertSame(second, await Store.Rings.Load(RingId.Default, Go));
        Assert.Equal(2, await Store.Audit.Read(first.State.Chain, Go).CountAsync());
        Restart();
        AssertSame(second, await Store.Rings.Load(RingId.Default, Go));
    }

    [Fact]
    public async Task A_node_s_log_that_somebody_else_wrote_to_is_a_conflict_and_leaves_nothing()
    {
        var first = await history.Save(Store, History.Node(1));
        var second = await history.Save(Store, History.Node(1));
        var (stale, entries) = history.Audited(history.Changed(first.State), entries: 3);

        Assert.Equal(SaveResult.Conflict, await Store.NodeLogs.Save(stale, first.Version, entries, Go));
        Assert.Equal(SaveResult.Conflict, await Store.NodeLogs.Save(stale, VersionToken.None, entries, Go));

        AssertSame(second, await Store.NodeLogs.Load(History.Node(1), Go));
        Assert.Equal(2, await Store.Audit.Read("node:node.1", Go).CountAsync());
    }

    [Theory]
    [InlineData(Fault.DidNotPersist)]
    [InlineData(Fault.DidPersist)]
    public async Task A_batch_of_entries_that_fails_is_there_whole_or_not_at_all(Fault fault)
    {
        var before = await history.Save(Store, History.Node(1));
        var (next, entries) = history.Audited(history.Changed(before.State), entries: 1000);

        FailNextSave(fault);
        Assert.Equal(SaveResult.Unavailable, await Store.NodeLogs.Save(next, before.Version, entries, Go));

        Restart();
        var after = (await Store.NodeLogs.Load(History.Node(1), Go))!;
        Assert.Equal(Shape.Of(fault == Fault.DidPersist ? next : before.State), Shape.Of(after.State));
        Assert.Equal(fault == Fault.DidPersist ? 1001 : 1, await Store.Audit.Read(next.Chain, Go).CountAsync());
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_changed()
    {
        var (ring, entries) = history.Audited(history.NewRing(RingId.Default));

        Assert.Equal(SaveResult.Conflict, await Store.Rings.Save(ring, new VersionToken(1), entries, Go));

        Assert.Null(await Store.Rings.Load(RingId.Default, Go));
        Assert.Empty(await Store.Audit.Chains(Go).ToListAsync());
    }

    [Fact]
    public async Task Of_many_saves_of_one_version_exactly_one_is_saved()
    {
        for (var round = 0; round < 20; round++)
        {
            var known = await Store.Rings.Load(RingId.Default, Go);
            var attempts = Enumerable.Range(0, 16)
                .Select(_ => history.Audited(history.Changed(known?.State ?? history.NewRing(RingId.Default))))
                .ToArray();

            var results = await Task.WhenAll(attempts.Select(attempt => Task.Run(() =>
                Store.Rings.Save(attempt.Next, known?.Version ?? VersionToken.None, attempt.Entries, Go).AsTask())));

            var winner = Assert.Single(results.Index(), result => result.Item.Outcome == SaveOutcome.Saved);
            Assert.All(results.Except([winner.Item]), loser => Assert.Equal(SaveResult.Conflict, loser));
            AssertSame(new Stored<KeyRing>(attempts[winner.Index].Next, winner.Item.Version), await Store.Rings.Load(RingId.Default, Go));
        }

        var ring = (await Store.Rings.Load(RingId.Default, Go))!.State;
        Assert.Null(AuditChain.Verify(ring.Chain, await Store.Audit.Read(ring.Chain, Go).ToListAsync(), ring.AuditHead, History.AuditKey));
    }

    [Fact]
    public async Task Who_lost_a_conflict_can_load_what_it_lost_against()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var own = new History(writer);
            for (var saved = 0; saved < 20;)
            {
                var known = await Store.Rings.Load(RingId.Default, Go);
                var (next, entries) = own.Audited(known?.State ?? own.NewRing(RingId.Default));
                var result = await Store.Rings.Save(next, known?.Version ?? VersionToken.None, entries, Go);
                var after = await Store.Rings.Load(RingId.Default, Go);
                Assert.True(after!.Version > (known?.Version ?? VersionToken.None));
                saved += result.Outcome == SaveOutcome.Saved ? 1 : 0;
            }
        })));

        var ring = (await Store.Rings.Load(RingId.Default, Go))!.State;
        Assert.Equal(160, ring.AuditHead.Seq);
        Assert.Null(AuditChain.Verify(ring.Chain, await Store.Audit.Read(ring.Chain, Go).ToListAsync(), ring.AuditHead, History.AuditKey));
    }

    [Fact]
    public async Task Ids_are_listed_in_ordinal_order_after_any_id()
    {
        foreach (var slug in (string[])["b_1", "B_1", "a_10", "a_2", "_zz"])
            await history.Save(Store, OrgSlug.Parse(slug));

        Assert.Equal(["B_1", "_zz", "a_10", "a_2", "b_1"], await List(null, 10));
        Assert.Equal(["B_1", "_zz"], await List(null, 2));
        Assert.Equal(["a_10", "a_2"], await List("_zz", 2));
        Assert.Equal(["a_2", "b_1"], await List("a_11", 2));
        Assert.Empty(await List("b_1", 2));
        Assert.Empty(await List("zzz", 2));
        Assert.Empty(await List(null, 0));

        async Task<IEnumerable<string>> List(string? after, int limit) =>
            (await Store.Organizations.List(after is null ? null : OrgSlug.Parse(after), limit, Go)).Select(slug => slug.Value);
    }

    [Fact]
    public async Task Chains_are_those_that_have_entries()
    {
        await history.Save(Store, RingId.Default);
        await history.Save(Store, History.Org(1));
        await history.Save(Store, History.Org(1));

        Restart();

        Assert.Equal(["org:Org_1", "ring:default"], (await Store.Audit.Chains(Go).ToListAsync()).Order(StringComparer.Ordinal));
        Assert.Equal([1, 2], await Store.Audit.Read("org:Org_1", Go).Select(entry => entry.Seq).ToListAsync());
    }

    [Fact]
    public async Task An_entry_is_found_by_its_chain_and_number()
    {
        var (ring, entries) = history.Audited(history.NewRing(RingId.Default), entries: 3);
        await Store.Rings.Save(ring, VersionToken.None, entries, Go);
        await history.Save(Store, History.Org(1));

        foreach (var entry in entries)
            Assert.Equal(Shape.Of(entry), Shape.Of(await Store.Audit.Find(ring.Chain, entry.Seq, Go)));
        Assert.Null(await Store.Audit.Find(ring.Chain, 4, Go));
        Assert.Null(await Store.Audit.Find(ring.Chain, 0, Go));
        Assert.Null(await Store.Audit.Find("org:Org_1", 2, Go));
        Assert.Null(await Store.Audit.Find("org:nobody", 1, Go));
    }

    [Fact]
    public async Task Rings_are_looked_at_outside_the_time_for_which_they_are_quiet()
    {
        await history.Save(Store, History.Ring(1), new QuietTime(At(0), At(10)));
        await history.Save(Store, History.Ring(2), new QuietTime(At(1), At(5)));
        await history.Save(Store, History.Ring(3), QuietTime.None);

        foreach (var restarted in (bool[])[false, true])
        {
            if (restarted)
                Restart();
            Assert.Equal([3L], await Due(At(1)));
            Assert.Equal([3L], await Due(At(5).AddMilliseconds(-1)));
            Assert.Equal([3, 2], await Due(At(5)));
            Assert.Equal([3, 2, 1], await Due(At(100)));

            // The clock was set back, behind the time at which the second ring, or any, was saved.
            Assert.Equal([3, 2], await Due(At(1).AddMilliseconds(-1)));
            Assert.Equal([3, 2, 1], await Due(At(-1000)));
        }

        var later = await history.Save(Store, History.Ring(2), new QuietTime(At(6), At(30)));
        Assert.Equal([3, 1], await Due(At(10)));

        // Somebody saves the same again, and has lost.
        var (again, entries) = history.Audited(later.State with { Quiet = QuietTime.None });
        Assert.Equal(SaveResult.Conflict, await Store.Rings.Save(again, new VersionToken(later.Version.Value - 1), entries, Go));
        Assert.Equal([3, 1], await Due(At(10)));

        async Task<IEnumerable<long>> Due(DateTimeOffset now) =>
            (await Store.RingsToLookAt(now, null, 10, Go)).Select(ring => long.Parse(ring.Ring.Value["ring-".Length..], CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(Fault.DidNotPersist)]
    [InlineData(Fault.DidPersist)]
    public async Task A_save_without_an_answer_leaves_a_ring_quiet_as_it_was_or_as_it_became(Fault fault)
    {
        var before = await history.Save(Store, RingId.Default, new QuietTime(At(0), At(1)));
        var (next, entries) = history.Audited(before.State with { Quiet = new QuietTime(At(1), At(9)) });

        FailNextSave(fault);
        await Store.Rings.Save(next, before.Version, entries, Go);

        Restart();
        Assert.Equal(fault == Fault.DidPersist ? 0 : 1, (await Store.RingsToLookAt(At(2), null, 10, Go)).Count);
    }

    [Fact]
    public async Task Rings_to_look_at_come_in_the_order_of_their_quiet_s_end_and_in_lists_of_any_length()
    {
        // Of each three one ends at the same instant as another, and one only lies before the clock.
        for (var n = 0; n < 20; n++)
            await history.Save(Store, History.Ring(n), n % 3 == 2 ? new QuietTime(At(50), At(60 + n)) : new QuietTime(At(0), At(n / 2)));
        await history.Save(Store, History.Ring(100), new QuietTime(At(0), At(1000)));
        var all = await Store.RingsToLookAt(At(20), null, 1000, Go);
        Assert.Equal(20, all.Count);
        Assert.Equal(all.OrderBy(ring => ring.Since).ThenBy(ring => ring.Ring.Value, StringComparer.Ordinal), all);

        foreach (var limit in (int[])[1, 3, 7, 20])
        {
            var listed = new List<RingToLookAt>();
            while (await Store.RingsToLookAt(At(20), listed.Count == 0 ? null : listed[^1], limit, Go) is { Count: > 0 } page)
            {
                Assert.InRange(page.Count, 1, limit);
                listed.AddRange(page);
            }

            Assert.Equal(all, listed);
        }

        Assert.Empty(await Store.RingsToLookAt(At(20), null, 0, Go));
    }

    private static DateTimeOffset At(double hours) => new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hours);

    [Fact]
    public async Task What_is_saved_after_a_mark_is_listed_with_the_version_it_has_now()
    {
        await history.Save(Store, History.Ring(1));
        var mark = (await Store.Changes(null, Go)).Next;
        await history.Save(Store, History.Ring(2));
        var ring = await history.Save(Store, History.Ring(2));
        var org = await history.Save(Store, History.Org(1));

        var changes = await Store.Changes(mark, Go);

        Assert.Contains(new Changed<RingId>(History.Ring(2), ring.Version), changes.Rings);
        Assert.Contains(new Changed<OrgSlug>(History.Org(1), org.Version), changes.Organizations);
        Assert.Equal(changes.Rings.Count, changes.Rings.DistinctBy(changed => changed.Id).Count());
        var later = await history.Save(Store, History.Ring(2));
        Assert.Contains(new Changed<RingId>(History.Ring(2), later.Version), (await Store.Changes(changes.Next, Go)).Rings);
    }

    [Fact]
    public async Task What_was_listed_is_not_listed_for_ever()
    {
        await history.Save(Store, History.Ring(1));
        await history.Save(Store, History.Org(1));
        var fresh = await Store.Changes(null, Go);
        Assert.Empty(fresh.Rings);
        Assert.Empty(fresh.Organizations);
        await history.Save(Store, History.Ring(2));

        // Other databases of the server may have transactions under way that hold the mark back, for a moment.
        var waiting = Stopwatch.StartNew();
        var changes = await Store.Changes(fresh.Next, Go);
        while (changes.Rings.Count + changes.Organizations.Count > 0)
        {
            Assert.True(waiting.Elapsed < TimeSpan.FromSeconds(60), "It is listed again and again.");
            changes = await Store.Changes(changes.Next, Go);
        }
    }

    [Fact]
    public async Task With_a_mark_from_before_a_restart_everything_is_listed()
    {
        var ring = await history.Save(Store, History.Ring(1));
        var org = await history.Save(Store, History.Org(1));
        var mark = (await Store.Changes(null, Go)).Next;

        Restart();

        foreach (var since in (ChangeMark[])[mark, default])
        {
            var changes = await Store.Changes(since, Go);
            Assert.Equal([new Changed<RingId>(History.Ring(1), ring.Version)], changes.Rings);
            Assert.Equal([new Changed<OrgSlug>(History.Org(1), org.Version)], changes.Organizations);
        }
    }

    [Fact]
    public async Task Who_asks_while_many_save_misses_nothing()
    {
        const int writers = 6, saves = 40;
        var seen = new Dictionary<RingId, VersionToken>();
        var mark = (await Store.Changes(null, Go)).Next;
        var saving = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var own = new History(writer);
            for (var i = 0; i < saves; i++)
                await own.Save(Store, History.Ring(writer));
        })));

        bool last;
        do
        {
            last = saving.IsCompleted;
            var changes = await Store.Changes(mark, Go);
            mark = changes.Next;
            foreach (var (id, version) in changes.Rings)
                seen[id] = version;
        }
        while (!last);

        await saving;
        for (var writer = 0; writer < writers; writer++)
            Assert.Equal((await Store.Rings.Load(History.Ring(writer), Go))!.Version, seen[History.Ring(writer)]);
    }

    [Fact]
    public async Task What_may_be_used_once_is_used_once_also_after_a_restart()
    {
        Assert.True(await Use("a"));
        Assert.False(await Use("a"));
        Assert.True(await Use("b"));

        Restart();

        Assert.False(await Use("a"));
        Assert.False(await Use("b"));
        Assert.True(await Use("c"));
    }

    [Fact]
    public async Task Of_many_who_use_it_at_once_one_does()
    {
        for (var round = 0; round < 10; round++)
        {
            var name = $"round {round}";
            var used = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () => await Use(name))));
            Assert.Single(used, each => each);
        }
    }

    [Fact]
    public async Task Until_its_time_is_over_nothing_makes_a_use_forgotten()
    {
        Assert.True(await Use("a", until: 60));
        for (var i = 0; i < 30; i++)
            Assert.True(await Use($"short {i}", until: 1));
        for (var i = 0; i < 30; i++)
            Assert.True(await Use($"later {i}", until: 120, now: 59));

        Assert.False(await Use("a", now: 59));
        Restart();
        Assert.False(await Use("a", now: 59));
    }

    [Theory, InlineData(Fault.DidNotPersist), InlineData(Fault.DidPersist)]
    public async Task A_use_that_the_store_did_not_answer_is_none_that_anybody_has(Fault fault)
    {
        const string name = "used_once, or not";
        await Use("before");
        FailNextSave(fault);

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Use(name));

        Restart();
        Assert.Equal(fault == Fault.DidNotPersist, await Use(name));
        Assert.False(await Use(name));
    }

    private ValueTask<bool> Use(string name, int until = 60, int now = 0)
    {
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        return Store.UsedOnce.TryUse(name, start.AddSeconds(until), start.AddSeconds(now), Go);
    }

    [Fact]
    public async Task Entries_are_queried_newest_first_and_filtered_as_the_core_says()
    {
        var all = await SomeEntries(200);
        AuditQuery[] queries =
        [
            new(),
            new(Org: History.Org(1)),
            new(Action: AuditAction.Rotate, Status: AuditStatus.Success),
            new(ResourceType: AuditResource.ApiKey),
            new(ResourceId: all[7].ResourceId),
            new(Actor: all[9].Actor.Id),
            new(From: all[50].Time),
            new(Until: all[50].Time),
            new(Org: History.Org(2), From: all[20].Time, Until: all[150].Time),
            new(Actor: "nobody"),
        ];

        foreach (var query in queries)
        {
            var expected = all.Where(entry => AuditFilter.Matches(query, entry)).Reverse().Select(Shape.Of);
            Assert.Equal(expected, (await AllPages(query, limit: 7)).Select(Shape.Of));
            Assert.Equal(expected, (await AllPages(query, limit: 200)).Select(Shape.Of));
        }
    }

    [Fact]
    public async Task The_last_page_has_no_cursor()
    {
        await SomeEntries(10);

        Assert.Null((await Page(new AuditQuery(), null, 10)).NextCursor);
        Assert.Equal(10, (await Page(new AuditQuery(), null, 10)).Items.Count);
        var first = await Page(new AuditQuery(), null, 9);
        Assert.NotNull(first.NextCursor);
        Assert.Null((await Page(new AuditQuery(), first.NextCursor, 9)).NextCursor);
    }

    [Fact]
    public async Task What_is_written_while_somebody_pages_is_on_no_later_page()
    {
        var before = await SomeEntries(20);
        var first = await Page(new AuditQuery(), null, 5);
        await SomeEntries(20);
        Restart();

        var rest = await AllPages(new AuditQuery(), 5, first.NextCursor);

        Assert.Equal(before.Reverse().Select(Shape.Of), first.Items.Concat(rest).Select(Shape.Of));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("ZGVmYXVsdA")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    [InlineData("%%%%")]
    public async Task A_foreign_cursor_is_refused(string cursor)
    {
        await SomeEntries(3);

        var result = await Store.Audit.Query(new AuditQuery(Page: new PageRequest(cursor)), Go);

        Assert.False(result.Succeeded);
        Assert.Equal(ErrorCode.InvalidInput, result.Refusal.Code);
        Assert.Equal("cursor", Assert.Single(result.Refusal.Fields).Field);
    }

    [Fact]
    public async Task A_cursor_with_any_one_character_changed_is_refused()
    {
        await SomeEntries(20);
        var cursor = (await Page(new AuditQuery(), null, 5)).NextCursor!;

        // Letters of the alphabet and not, and at the end those whose last bits say something where nothing may be said.
        foreach (var (i, letter) in from i in Enumerable.Range(0, cursor.Length) from letter in "ABQ-+=é \0" where letter != cursor[i] select (i, letter))
        {
            var changed = cursor[..i] + letter + cursor[(i + 1)..];
            var result = await Store.Audit.Query(new AuditQuery(Page: new PageRequest(changed)), Go);
            Assert.False(result.Succeeded);
            Assert.Equal("cursor", Assert.Single(result.Refusal.Fields).Field);
        }
    }

    [Theory]
    [InlineData(Fault.DidNotPersist)]
    [InlineData(Fault.DidPersist)]
    public async Task A_save_that_fails_is_there_whole_or_not_at_all(Fault fault)
    {
        var before = await history.Save(Store, RingId.Default);
        var (next, entries) = history.Audited(history.Changed(before.State), entries: 3);

        FailNextSave(fault);
        Assert.Equal(SaveResult.Unavailable, await Store.Rings.Save(next, before.Version, entries, Go));

        Restart();
        var after = (await Store.Rings.Load(RingId.Default, Go))!;
        Assert.Equal(Shape.Of(fault == Fault.DidPersist ? next : before.State), Shape.Of(after.State));
        Assert.Equal(fault == Fault.DidPersist, after.Version > before.Version);
        Assert.Null(AuditChain.Verify(next.Chain, await Store.Audit.Read(next.Chain, Go).ToListAsync(), after.State.AuditHead, History.AuditKey));
        await history.Save(Store, RingId.Default);
    }

    [Theory]
    [InlineData(Fault.DidNotPersist)]
    [InlineData(Fault.DidPersist)]
    public async Task A_first_save_that_fails_is_there_whole_or_not_at_all(Fault fault)
    {
        var (org, entries) = history.Audited(history.Changed(history.NewOrganization(History.Org(1))));

        FailNextSave(fault);
        Assert.Equal(SaveResult.Unavailable, await Store.Organizations.Save(org, VersionToken.None, entries, Go));

        Restart();
        var after = await Store.Organizations.Load(org.Slug, Go);
        Assert.Equal(Shape.Of(fault == Fault.DidPersist ? org : null), Shape.Of(after?.State));
        Assert.Equal(fault == Fault.DidPersist ? 1 : 0, await Store.Audit.Chains(Go).CountAsync());
    }

    protected static void AssertSame<T>(Stored<T> expected, Stored<T>? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(Shape.Of(expected.State), Shape.Of(actual.State));
        Assert.Equal(expected.Version, actual.Version);
    }

    /// <summary>In the order in which they were written, over three chains.</summary>
    private async Task<IReadOnlyList<AuditEntry>> SomeEntries(int count)
    {
        var all = new List<AuditEntry>();
        while (all.Count < count)
        {
            var id = History.Ring(all.Count % 3);
            var known = await Store.Rings.Load(id, Go);
            var (next, entries) = history.Audited(known?.State ?? history.NewRing(id));
            Assert.Equal(SaveOutcome.Saved, (await Store.Rings.Save(next, known?.Version ?? VersionToken.None, entries, Go)).Outcome);
            all.AddRange(entries);
        }

        return all;
    }

    private async Task<List<AuditEntry>> AllPages(AuditQuery query, int limit, string? cursor = null)
    {
        var all = new List<AuditEntry>();
        do
        {
            var page = await Page(query, cursor, limit);
            Assert.True(page.Items.Count <= limit);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return all;
    }

    private async Task<Page<AuditEntry>> Page(AuditQuery query, string? cursor, int limit)
    {
        var result = await Store.Audit.Query(query with { Page = new PageRequest(cursor, limit) }, Go);
        Assert.True(result.TryGet(out var page, out var refusal), refusal?.Message);
        return page;
    }
}
