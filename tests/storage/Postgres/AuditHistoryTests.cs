using Npgsql;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>The audit log as a table: who can change it, and that all of it can be read.</summary>
[Collection(nameof(Alone))]
public sealed class AuditHistoryTests(PrivatePostgres server)
{
    [Theory]
    [InlineData("UPDATE audit_entries SET actor_id = 'nobody'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    [InlineData("DELETE FROM audit_checkpoints")]
    [InlineData("DROP TABLE audit_entries")]
    [InlineData("ALTER TABLE audit_entries DISABLE TRIGGER ALL")]
    [InlineData("DROP TRIGGER append_only ON audit_entries")]
    [InlineData("CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")]
    [InlineData("CREATE TABLE mine (id integer)")]
    [InlineData("UPDATE schema_version SET version = 0")]
    [InlineData("DELETE FROM rings")]
    [InlineData("SET session_replication_role = replica")]
    [InlineData("SET ROLE tumbler_owner")]
    public async Task The_running_services_role_can_not_change_history(string sql)
    {
        var database = server.NewMigratedDatabase();
        var connection = server.ConnectionString(PrivatePostgres.Runtime, database);
        using var store = Stores.Open(connection);
        await new History(3).Save(store, History.Ring(1));

        var refused = Assert.Throws<PostgresException>(() => PrivatePostgres.Execute(connection, sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.Equal(1, await store.Audit.Read("ring:ring-1", CancellationToken.None).CountAsync());
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET actor_id = 'nobody'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    [InlineData("SET session_replication_role = replica; DELETE FROM audit_entries")]
    public async Task Not_even_the_superuser_changes_history_by_mistake(string sql)
    {
        var database = server.NewMigratedDatabase();
        using var store = Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));
        await new History(3).Save(store, History.Ring(1));

        var refused = Assert.Throws<PostgresException>(() => PrivatePostgres.Execute(server.Admin(database), sql));

        Assert.Equal("audit_entries is append-only", refused.MessageText);
        Assert.Equal(1, await store.Audit.Read("ring:ring-1", CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task A_chain_streams_in_constant_memory()
    {
        const int Chains = 100, Length = 10_000;
        var database = server.NewMigratedDatabase();
        PrivatePostgres.Execute(server.Admin(database), $"""
            INSERT INTO audit_entries (chain, seq, time, org, actor_type, actor_id, action, resource_type, resource_id, status,
                request_id, source, details, prev_hash, hash, mac)
            SELECT 'org:org_' || c, s, '2026-01-01'::timestamptz + s * interval '1 s', 'org_' || c, 'System', 'tumbler', 'Rotate',
                'SigningKey', 'some key', 'Success', 'request', 'nowhere', '{JsonDetails}', repeat('0', 64), repeat('0', 64), repeat('0', 64)
            FROM generate_series(1, {Length}) s, generate_series(1, {Chains}) c WHERE c = 7 OR s <= 500;
            ANALYZE audit_entries;
            """);
        var connection = server.ConnectionString(PrivatePostgres.Runtime, database);

        using var store = Stores.Open(connection);
        Assert.Equal(Chains, await store.Audit.Chains(CancellationToken.None).CountAsync());
        var (entries, most) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var entry in store.Audit.Read("org:org_7", CancellationToken.None))
        {
            Assert.Equal(++entries, entry.Seq);
            if (entries % 500 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(Length, entries);

        // Half of what the chain takes.
        Assert.True(most < 12_000_000, $"{most} bytes were held on the way.");
    }

    private static string JsonDetails => "{\"some\": \"" + new string('x', 2000) + "\"}";
}
