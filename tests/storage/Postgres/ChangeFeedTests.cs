using Npgsql;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Store;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>What only a database can do to somebody who asks what has changed.</summary>
public sealed class ChangeFeedTests : IDisposable
{
    /// <summary>For what takes milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly RingId Slow = History.Ring(1);
    private static readonly RingId Fast = History.Ring(2);

    private readonly PrivatePostgres server;
    private readonly string database;
    private readonly PostgresStore store;
    private readonly History history = new(seed: 21);

    public ChangeFeedTests(PrivatePostgres server)
    {
        this.server = server;
        database = server.NewMigratedDatabase();
        store = Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));
    }

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_slow_save_that_commits_after_a_faster_later_one_is_not_missed()
    {
        var before = await history.Save(store, Slow);
        await history.Save(store, Fast);
        var mark = (await store.Changes(null, Go)).Next;

        // The number that the slow save wants for its audit entry is being taken by somebody who changes its mind.
        await using var source = NpgsqlDataSource.Create(server.Admin(database));
        await using var rival = await source.OpenConnectionAsync(Go);
        await using var taking = await rival.BeginTransactionAsync(Go);
        await using (var take = new NpgsqlCommand("""
            INSERT INTO audit_entries OVERRIDING SYSTEM VALUE
            SELECT (jsonb_populate_record(entry, '{"seq": 2, "position": 1000}')).* FROM audit_entries AS entry WHERE chain = 'ring:ring-1'
            """, rival))
        {
            await take.ExecuteNonQueryAsync(Go);
        }

        var (next, entries) = history.Audited(history.Changed(before.State));
        var slow = Task.Run(() => store.Rings.Save(next, before.Version, entries, Go).AsTask());
        await Waits();
        var fast = await history.Save(store, Fast);

        var changes = await store.Changes(mark, Go);
        Assert.Contains(new Changed<RingId>(Fast, fast.Version), changes.Rings);
        Assert.DoesNotContain(changes.Rings, changed => changed.Id == Slow && changed.Version > before.Version);

        await taking.RollbackAsync(Go);
        var saved = await slow;
        Assert.Equal(SaveOutcome.Saved, saved.Outcome);
        Assert.Contains(new Changed<RingId>(Slow, saved.Version), (await store.Changes(changes.Next, Go)).Rings);

        async Task Waits()
        {
            await using var waiting = source.CreateCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'tumbler' AND wait_event_type = 'Lock'");
            while ((long)(await waiting.ExecuteScalarAsync(Go))! == 0)
                Assert.False(slow.IsCompleted, "The slow save does not wait.");
        }
    }

    [Fact]
    public async Task Numbers_that_a_dump_brought_along_are_not_listed_before_their_time()
    {
        await history.Save(store, Slow);
        await history.Save(store, Fast);
        PrivatePostgres.Execute(server.Admin(database), "UPDATE rings SET changed_in = '9000000000000'");
        var mark = (await store.Changes(null, Go)).Next;

        Assert.Empty((await store.Changes(mark, Go)).Rings);

        var saved = await history.Save(store, Slow);
        var changes = await store.Changes(mark, Go);
        Assert.Equal([new Changed<RingId>(Slow, saved.Version)], changes.Rings);
        Assert.Equal(2, (await store.Changes(default(ChangeMark), Go)).Rings.Count);
    }

    [Fact]
    public async Task A_lost_connection_is_unavailable_once_and_then_everything_is_listed()
    {
        await history.Save(store, Slow);
        var mark = (await store.Changes(null, Go)).Next;
        var missed = await history.Save(store, Fast);
        PrivatePostgres.Execute(
            server.Admin(database), "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'tumbler' AND datname = current_database()");

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Changes(mark, Go));

        var changes = await store.Changes(mark, Go);
        Assert.Equal([Slow, Fast], changes.Rings.Select(changed => changed.Id).OrderBy(id => id.Value));
        Assert.Contains(new Changed<RingId>(Fast, missed.Version), changes.Rings);
        Assert.NotEqual(mark.Life, changes.Next.Life);
    }

    [Fact]
    public async Task Another_stores_mark_means_nothing()
    {
        await history.Save(store, Slow);
        using var other = Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));

        Assert.NotEmpty((await store.Changes((await other.Changes(null, Go)).Next, Go)).Rings);
    }

    [Fact]
    public async Task What_another_process_saves_is_hinted_at()
    {
        using var other = Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));
        var mark = (await store.Changes(null, Go)).Next;
        var hint = store.Hint(Go);

        var saved = await history.Save(other, Slow);

        await hint.WaitAsync(Patience);
        Assert.Equal([new Changed<RingId>(Slow, saved.Version)], (await store.Changes(mark, Go)).Rings);
    }

    [Fact]
    public async Task What_was_saved_between_a_question_and_the_wait_for_a_hint_is_hinted_at()
    {
        using var other = Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));
        await store.Changes(null, Go);
        await history.Save(other, Slow);
        await history.Save(other, Fast);

        await store.Hint(Go).WaitAsync(Patience);
    }

    [Fact]
    public async Task Who_saves_has_no_hint_of_it()
    {
        await store.Changes(null, Go);
        using var over = new CancellationTokenSource();
        var hint = store.Hint(over.Token);
        var (ring, entries) = history.Audited(history.NewRing(Slow));
        await store.Rings.Save(ring, VersionToken.None, entries, Go);

        // Hints come in their order: with another's, its own would have been there.
        await using var source = NpgsqlDataSource.Create(server.Admin(database));
        await using var listener = await source.OpenConnectionAsync(Go);
        await using (var listen = new NpgsqlCommand("LISTEN tumbler_saved", listener))
            await listen.ExecuteNonQueryAsync(Go);
        (ring, entries) = history.Audited(history.NewRing(Fast));
        await store.Rings.Save(ring, VersionToken.None, entries, Go);
        Assert.True(await listener.WaitAsync(Patience, Go));

        Assert.False(hint.IsCompleted);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hint);
    }

    [Fact]
    public async Task A_wait_that_was_broken_off_a_hundred_times_leaves_its_session_as_it_was()
    {
        var changes = await store.Changes(null, Go);
        var life = changes.Next.Life;
        for (var round = 0; round < 100; round++)
        {
            using var over = new CancellationTokenSource();
            var hint = store.Hint(over.Token);
            await over.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hint);
            changes = await store.Changes(changes.Next, Go);
        }

        Assert.Equal(life, changes.Next.Life);
    }

    [Fact]
    public async Task A_session_that_ends_while_it_waits_is_no_hint()
    {
        var mark = (await store.Changes(null, Go)).Next;
        using var over = new CancellationTokenSource();
        var hint = store.Hint(over.Token);
        PrivatePostgres.Execute(
            server.Admin(database), "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'tumbler' AND datname = current_database()");

        var changes = await store.Changes(mark, Go);
        Assert.False(hint.IsCompleted);
        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hint);
        Assert.NotEqual(mark.Life, changes.Next.Life);
    }

    [Fact]
    public async Task A_revocation_that_lost_against_another_process_takes_no_number()
    {
        using var other = Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));
        var (mine, others) = (Revoked(null, "mine"), Revoked(null, "others"));
        Assert.Equal(SaveOutcome.Saved, (await other.TokenRevocations.Save(others.Next, VersionToken.None, others.Entries, Go)).Outcome);

        Assert.Equal(SaveResult.Conflict, await store.TokenRevocations.Save(mine.Next, VersionToken.None, mine.Entries, Go));

        var known = (await store.TokenRevocations.Load(RingId.Default, Go))!;
        var next = Revoked(known.State, "next");
        await other.TokenRevocations.Save(next.Next, known.Version, next.Entries, Go);
        mine = Revoked(known.State, "mine");
        Assert.Equal(SaveResult.Conflict, await store.TokenRevocations.Save(mine.Next, known.Version, mine.Entries, Go));

        var news = (await store.Changes(null, Go)).Revocations;
        Assert.Equal((2L, "next,others"), (news.Last, string.Join(',', news.Entries.Select(entry => entry.Subject.Id).Order())));
    }

    [Fact]
    public async Task A_revocation_that_commits_late_has_a_later_number_than_whatever_was_told_before()
    {
        // Somebody holds the row that the slow one wants to write, and changes its mind.
        var (slow, fast) = (Revoked(null, "slow"), Revoked(null, "fast", RingId.Parse("other")));
        await using var source = NpgsqlDataSource.Create(server.Admin(database));
        await using var rival = await source.OpenConnectionAsync(Go);
        await using var taking = await rival.BeginTransactionAsync(Go);
        await using (var take = new NpgsqlCommand("INSERT INTO token_revocations (body) VALUES ('{\"ring\": \"default\", \"version\": 9}')", rival))
            await take.ExecuteNonQueryAsync(Go);
        var saving = Task.Run(() => store.TokenRevocations.Save(slow.Next, VersionToken.None, slow.Entries, Go).AsTask());
        await using (var waiting = source.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'tumbler' AND wait_event_type = 'Lock'"))
        {
            while ((long)(await waiting.ExecuteScalarAsync(Go))! == 0)
                Assert.False(saving.IsCompleted, "The slow save does not wait.");
        }

        await store.TokenRevocations.Save(fast.Next, VersionToken.None, fast.Entries, Go);
        var told = await store.Changes(null, Go);
        await taking.RollbackAsync(Go);
        Assert.Equal(SaveOutcome.Saved, (await saving).Outcome);

        Assert.Equal((1L, "fast"), (told.Revocations.Last, Assert.Single(told.Revocations.Entries).Subject.Id));
        var later = Assert.Single((await store.Changes(told.Next, Go)).Revocations.Entries);
        Assert.Equal((2L, "slow"), (later.Number, later.Subject.Id));
    }

    [Fact]
    public async Task A_kind_that_only_a_newer_version_knows_is_passed_over()
    {
        PrivatePostgres.Execute(server.Admin(database), """
            UPDATE revocation_count SET last = 1;
            INSERT INTO revocations (number, body) VALUES (1, '{"kind": "Device", "id": "d-1", "until": 4102444800000, "ring": null, "lifted": false}')
            """);
        var one = Revoked(null, "t-1");
        await store.TokenRevocations.Save(one.Next, VersionToken.None, one.Entries, Go);

        var news = (await store.Changes(null, Go)).Revocations;
        Assert.Equal((2L, 2L), (news.Last, Assert.Single(news.Entries).Number));
    }

    private (TokenRevocations Next, IReadOnlyList<AuditEntry> Entries) Revoked(TokenRevocations? state, string id, RingId? ring = null) => history.Audited(
        TokenRevocationDecisions.Revoke(state, ring ?? RingId.Default, new RevokedToken(id, "c-1", null, DateTimeOffset.MaxValue), isRevoked: false).Next);

    [Theory]
    [InlineData("SELECT number FROM revocations WHERE number > 5", "revocations_number")]
    [InlineData("SELECT number FROM revocations WHERE until < 5 ORDER BY until LIMIT 1000", "revocations_until")]
    public async Task What_was_revoked_is_found_by_an_index(string question, string index)
    {
        await using var source = NpgsqlDataSource.Create(server.Admin(database));
        await using var connection = await source.OpenConnectionAsync(Go);
        await using var plan = new NpgsqlCommand($"SET enable_seqscan = off; SET enable_bitmapscan = off; EXPLAIN {question}", connection);
        await using var lines = await plan.ExecuteReaderAsync(Go);
        var text = "";
        while (await lines.ReadAsync(Go))
            text += lines.GetString(0) + "\n";

        Assert.Contains(index, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_is_found_by_an_index()
    {
        await using var source = NpgsqlDataSource.Create(server.Admin(database));
        await using var connection = await source.OpenConnectionAsync(Go);
        await using var plan = new NpgsqlCommand(
            "SET enable_seqscan = off; EXPLAIN SELECT id FROM rings WHERE changed_in >= '5'::xid8 AND changed_in < pg_snapshot_xmax(pg_current_snapshot())", connection);
        await using var lines = await plan.ExecuteReaderAsync(Go);
        var text = "";
        while (await lines.ReadAsync(Go))
            text += lines.GetString(0) + "\n";

        Assert.Contains("rings_changed_in", text, StringComparison.Ordinal);
    }
}
