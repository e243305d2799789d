using System.Diagnostics;
using Npgsql;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>What a database can do to a save that is not in every store's contract.</summary>
public sealed class PostgresFaultTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly PrivatePostgres server;
    private readonly string database;
    private readonly string connection;
    private readonly PostgresStore store;
    private readonly History history = new(seed: 11);

    public PostgresFaultTests(PrivatePostgres server)
    {
        this.server = server;
        database = server.NewMigratedDatabase();
        connection = server.ConnectionString(PrivatePostgres.Runtime, database);
        store = Stores.Open(connection);
    }

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_store_that_never_read_the_state_saves_what_follows_from_it()
    {
        var known = await history.Save(store, History.Ring(1));
        using var other = Stores.Open(connection);
        var (next, entries) = history.Audited(history.Changed(known.State));

        var saved = await other.Rings.Save(next, known.Version, entries, Go);

        Assert.Equal(SaveOutcome.Saved, saved.Outcome);
        Assert.Equal(Shape.Of(next), Shape.Of((await store.Rings.Load(next.Id, Go))!.State));
    }

    [Fact]
    public async Task A_version_that_only_the_database_knows_to_be_old_is_a_conflict_though_no_entry_is_in_the_way()
    {
        var known = await history.Save(store, History.Ring(1));
        using var other = Stores.Open(connection);
        var newer = await history.Save(other, History.Ring(1));
        var (next, entries) = history.Audited(history.Changed(known.State) with { AuditHead = newer.State.AuditHead });

        Assert.Equal(SaveResult.Conflict, await store.Rings.Save(next, known.Version, entries, Go));

        Assert.Equal(Shape.Of(newer.State), Shape.Of((await other.Rings.Load(next.Id, Go))!.State));
        Assert.Equal(2, await store.Audit.Read("ring:ring-1", Go).CountAsync());
    }

    [Fact]
    public async Task An_ordinal_that_somebody_else_took_is_a_conflict_and_leaves_nothing()
    {
        var known = await history.Save(store, History.Ring(1));
        var (next, entries) = history.Audited(known.State);
        while (next.Keys.Except(known.State.Keys).FirstOrDefault(key => known.State.Find(key.Kid) is null) is null)
            (next, entries) = history.Audited(history.Changed(known.State));
        var ordinal = next.Keys.First(key => known.State.Find(key.Kid) is null).Ordinal;
        PrivatePostgres.Execute(server.Admin(database), $$"""
            INSERT INTO signing_keys (ring, body)
            VALUES ('ring-1', '{"kid": "00000000-0000-4000-8000-000000000000", "ordinal": {{ordinal}}}')
            """);

        Assert.Equal(SaveResult.Conflict, await store.Rings.Save(next, known.Version, entries, Go));

        Assert.Equal(1, await store.Audit.Read("ring:ring-1", Go).CountAsync());
    }

    [Fact]
    public async Task A_save_that_waits_for_a_lock_gives_up_and_leaves_nothing()
    {
        var known = await history.Save(store, History.Ring(1));
        var (next, entries) = history.Audited(history.Changed(known.State));
        using var hasty = Stores.Open(connection, Stores.Options with { StatementTimeout = TimeSpan.FromSeconds(1) });
        Assert.NotNull(await hasty.Rings.Load(History.Ring(1), Go));
        await using (var source = NpgsqlDataSource.Create(server.Admin(database)))
        await using (var holder = await source.OpenConnectionAsync(Go))
        await using (await holder.BeginTransactionAsync(Go))
        {
            await using var take = new NpgsqlCommand("SELECT FROM rings FOR UPDATE", holder);
            await take.ExecuteNonQueryAsync(Go);
            var waiting = Stopwatch.StartNew();

            Assert.Equal(SaveResult.Unavailable, await hasty.Rings.Save(next, known.Version, entries, Go));

            // By the time that its own statements may take, and not by that of any other.
            Assert.InRange(waiting.Elapsed.TotalSeconds, 0.9, 9);
        }

        await AssertUnchanged(known.Version);
        Assert.Equal(SaveOutcome.Saved, (await store.Rings.Save(next, known.Version, entries, Go)).Outcome);
    }

    [Fact]
    public async Task A_server_that_ends_the_connection_makes_it_unavailable_once()
    {
        var known = await history.Save(store, History.Ring(1));
        var (next, entries) = history.Audited(history.Changed(known.State));
        PrivatePostgres.Execute(
            server.Admin(database), "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'tumbler' AND datname = current_database()");

        Assert.Equal(SaveResult.Unavailable, await store.Rings.Save(next, known.Version, entries, Go));

        await AssertUnchanged(known.Version);
        Assert.Equal(SaveOutcome.Saved, (await store.Rings.Save(next, known.Version, entries, Go)).Outcome);
    }

    [Fact]
    public async Task Rights_that_are_taken_away_are_no_exception()
    {
        var known = await history.Save(store, History.Ring(1));
        var (next, entries) = history.Audited(history.Changed(known.State));
        PrivatePostgres.Execute(server.Admin(database), "REVOKE INSERT ON audit_entries FROM tumbler_runtime");

        Assert.Equal(SaveResult.Unavailable, await store.Rings.Save(next, known.Version, entries, Go));

        await AssertUnchanged(known.Version);
    }

    [Fact]
    public async Task A_closed_store_reads_nothing_and_saves_nothing()
    {
        var known = await history.Save(store, History.Ring(1));
        var (next, entries) = history.Audited(history.Changed(known.State));
        store.Dispose();

        Assert.Equal(SaveResult.Unavailable, await store.Rings.Save(next, known.Version, entries, Go));
        Assert.False(await store.Ping(Go));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Rings.Load(next.Id, Go));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Rings.List(null, 1, Go));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Audit.Query(new Contracts.Audit.AuditQuery(), Go));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Audit.Chains(Go).ToListAsync());
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Audit.Read("ring:ring-1", Go).ToListAsync());
    }

    private async Task AssertUnchanged(VersionToken version)
    {
        var found = (await store.Rings.Load(History.Ring(1), Go))!;
        Assert.Equal(version, found.Version);
        Assert.Null(AuditChain.Verify(
            found.State.Chain, await store.Audit.Read(found.State.Chain, Go).ToListAsync(), found.State.AuditHead, History.AuditKey));
    }
}
