using Npgsql;
using Tumbler.Engine.Store;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>Who can delete history: the owner, when it says that it prunes, and nobody else, and nothing else.</summary>
public sealed class PruningRightsTests : IDisposable
{
    private const string Prunes = "SELECT set_config('tumbler.pruning', 'on', true);";

    private readonly PrivatePostgres server;
    private readonly string database;
    private readonly PostgresStore store;

    public PruningRightsTests(PrivatePostgres server)
    {
        this.server = server;
        database = server.NewMigratedDatabase();
        store = Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));
    }

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Only_the_owner_who_says_so_deletes_entries_and_moves_anchors()
    {
        await new History(3).Save(store, History.Ring(1));
        PrivatePostgres.Execute(server.Admin(database), "INSERT INTO audit_anchors VALUES ('ring:ring-9', 1, ''); INSERT INTO audit_anchor_notes VALUES (1, '')");

        foreach (var table in (string[])["audit_entries", "audit_anchors", "audit_anchor_notes", "audit_checkpoints"])
        {
            var column = table is "audit_anchor_notes" or "audit_checkpoints" ? "note = note" : "hash = hash";
            foreach (var sql in (string[])[$"DELETE FROM {table}", $"UPDATE {table} SET {column}", $"TRUNCATE {table}"])
            {
                Assert.True(Refused(PrivatePostgres.Runtime, sql), sql);
                Assert.True(Refused(PrivatePostgres.Runtime, Prunes + sql), sql);
                Assert.True(Refused(PrivatePostgres.Owner, sql), sql);
                var let = sql is "DELETE FROM audit_entries" or "UPDATE audit_anchors SET hash = hash";
                Assert.True(Refused(PrivatePostgres.Owner, Prunes + sql) != let, sql);
            }
        }

        foreach (var sql in (string[])["INSERT INTO audit_anchors VALUES ('a', 1, '')", "INSERT INTO audit_anchor_notes VALUES (2, '')"])
            Assert.True(Refused(PrivatePostgres.Runtime, Prunes + sql), sql);
    }

    [Fact]
    public async Task A_right_to_delete_that_was_given_by_mistake_does_not_do()
    {
        await new History(3).Save(store, History.Ring(1));
        PrivatePostgres.Execute(server.Admin(database), $"GRANT DELETE ON audit_entries TO {PrivatePostgres.Runtime}");

        Assert.True(Refused(PrivatePostgres.Runtime, Prunes + "DELETE FROM audit_entries"));
        Assert.Single(await PrunedLog.Entries(store));
    }

    [Fact]
    public async Task The_serving_role_is_told_that_it_may_not_prune_before_anything_is_read()
    {
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Audit.Prune(
            _ => throw new InvalidOperationException("It was read."), CancellationToken.None));

        Assert.Equal("The database's user may not prune the audit log; that takes the role that owns the tables.", refused.Message);
    }

    [Fact]
    public async Task Others_are_served_while_entries_are_being_deleted()
    {
        var history = new History(3);
        await history.Save(store, History.Ring(1));
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(PrivatePostgres.Owner, database));
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var delete = new NpgsqlCommand(Prunes + "DELETE FROM audit_entries", connection, transaction))
            await delete.ExecuteNonQueryAsync();

        await history.Save(store, History.Ring(1));

        Assert.Equal(2, (await PrunedLog.Entries(store)).Count);
        await transaction.CommitAsync();
        Assert.Equal(2, Assert.Single(await PrunedLog.Entries(store)).Key.Seq);
    }

    /// <summary>One message is one transaction, so what is let through is not kept either way: it ends with an error of ours.</summary>
    private bool Refused(string role, string sql)
    {
        var error = Assert.Throws<PostgresException>(() =>
            PrivatePostgres.Execute(server.ConnectionString(role, database), $"{sql}; SELECT 1 / 0"));
        Assert.Contains(error.SqlState, (string[])[PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.DivisionByZero]);
        return error.SqlState == PostgresErrorCodes.InsufficientPrivilege;
    }
}
