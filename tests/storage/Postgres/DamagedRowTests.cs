using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Store;
using Tumbler.Storage.Postgres;
using Tumbler.Storage.Tests.Protection;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>Rows that were changed by hand, past the trigger and the rights.</summary>
public sealed class DamagedRowTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly string admin;
    private readonly PostgresStore store;
    private readonly AuditLog log;
    private readonly History history = new(seed: 31);

    public DamagedRowTests(PrivatePostgres server)
    {
        var database = server.NewMigratedDatabase();
        admin = server.Admin(database);
        store = Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));
        log = new AuditLog(store, History.AuditKey, AuditSigning.Proofs, NullLogger<AuditLog>.Instance);
    }

    public void Dispose() => store.Dispose();

    [Theory]
    [InlineData("status = 'Sideways'")]
    [InlineData("action = lower(action)")]
    [InlineData("actor_type = '1'")]
    [InlineData("resource_type = ''")]
    [InlineData("details = '[]'")]
    [InlineData("details = 'null'")]
    [InlineData("details = '{\"count\": 1}'")]
    [InlineData("details = '{\"name\": null}'")]
    [InlineData("time = '290000-01-01'")]
    [InlineData("time = '4713-01-01 BC'")]
    [InlineData("hash = NULL")]
    [InlineData("request_id = NULL")]
    public async Task A_damaged_entry_is_reported_with_chain_and_seq(string change)
    {
        for (var i = 0; i < 5; i++)
            await history.Save(store, History.Ring(1));
        Tamper($"UPDATE audit_entries SET {change} WHERE seq = 3");

        var verdict = (await log.Verify()).TryGet(out var found, out _) ? found : null;
        Assert.Equal(("ring:ring-1", 3L), (verdict!.FirstFault!.Chain, verdict.FirstFault.Seq));

        var refused = (await log.Query(new AuditQuery())).Refusal;
        Assert.Equal(ErrorCode.Damaged, refused?.Code);
        Assert.StartsWith("Entry 3 of chain 'ring:ring-1' is damaged", refused!.Message, StringComparison.Ordinal);

        var read = new List<long>();
        var broken = await Assert.ThrowsAsync<StoreDamagedException>(async () =>
        {
            await foreach (var entry in store.Audit.Read("ring:ring-1", Go))
                read.Add(entry.Seq);
        });
        Assert.Equal([1, 2], read);
        Assert.Equal(("ring:ring-1", 3L), (broken.Chain, broken.Seq));

        Assert.True((await log.Query(new AuditQuery(Page: new PageRequest(Limit: 2)))).TryGet(out var page, out _));
        Assert.Equal([5, 4], page.Items.Select(entry => entry.Seq));
    }

    [Theory]
    [InlineData("time = 'infinity'")]
    [InlineData("time = '-infinity'")]
    [InlineData("time = time + interval '1 microsecond'")]
    [InlineData("details = details || '{\"one\": \"more\"}'")]
    public async Task An_entry_that_is_one_but_not_as_it_was_written_fails_there(string change)
    {
        for (var i = 0; i < 5; i++)
            await history.Save(store, History.Ring(1));
        Tamper($"UPDATE audit_entries SET {change} WHERE seq = 3");

        Assert.True((await log.Verify()).TryGet(out var verdict, out _));

        Assert.Equal(("ring:ring-1", 3L), (verdict.FirstFault!.Chain, verdict.FirstFault.Seq));
        await log.Query(new AuditQuery());
    }

    [Theory]
    [InlineData("rings", "'{\"policy\": 7}'")]
    [InlineData("rings", "'{\"created_at\": \"yesterday\"}'")]
    [InlineData("rings", "'{\"unknown\": true}'")]
    [InlineData("signing_keys", "'{\"public_key\": {}}'")]
    [InlineData("signing_keys", "'{\"origin\": \"Nowhere\"}'")]
    [InlineData("signing_keys", "'{\"private_key\": \"***\"}'")]
    [InlineData("receipts", "'{\"at\": null}'")]
    public async Task A_damaged_state_is_named_and_the_others_go_on(string table, string change)
    {
        var ring = await history.Save(store, History.Ring(1));
        while (ring.State.Keys.IsEmpty || ring.State.Receipts.IsEmpty)
            ring = await history.Save(store, History.Ring(1));
        Tamper($"UPDATE {table} SET body = body || {change}");
        var other = await history.Save(store, History.Ring(2));

        var damaged = await Assert.ThrowsAsync<StoreDamagedException>(async () => await store.Rings.Load(History.Ring(1), Go));

        Assert.Equal(("ring:ring-1", null), (damaged.Chain, damaged.Seq));
        Assert.Contains("'ring:ring-1'", damaged.Message, StringComparison.Ordinal);
        Assert.Equal(other.Version, (await store.Rings.Load(History.Ring(2), Go))!.Version);
        await history.Save(store, History.Ring(2));
    }

    [Theory]
    [InlineData("organizations", "'{\"status\": \"Closed\"}'")]
    [InlineData("api_keys", "'{\"hash\": \"00\"}'")]
    [InlineData("api_keys", "'{\"scopes\": null}'")]
    public async Task A_damaged_organisation_is_named_and_the_others_go_on(string table, string change)
    {
        var org = await history.Save(store, History.Org(1));
        while (org.State.ApiKeys.IsEmpty)
            org = await history.Save(store, History.Org(1));
        Tamper($"UPDATE {table} SET body = body || {change}");

        var damaged = await Assert.ThrowsAsync<StoreDamagedException>(async () => await store.Organizations.Load(History.Org(1), Go));

        Assert.Equal(("org:Org_1", null), (damaged.Chain, damaged.Seq));
        await history.Save(store, History.Org(2));
    }

    [Fact]
    public async Task Text_that_PostgreSQL_has_no_form_for_is_a_bug_and_no_outage()
    {
        var (org, entries) = history.Audited(history.NewOrganization(History.Org(1)) with { Name = "a\0b" });

        await Assert.ThrowsAsync<PostgresException>(async () => await store.Organizations.Save(org, VersionToken.None, entries, Go));
        await Assert.ThrowsAsync<PostgresException>(async () => await store.Audit.Query(new AuditQuery(Actor: "a\0b"), Go));

        await history.Save(store, History.Org(1));
    }

    private void Tamper(string sql) => PrivatePostgres.Execute(admin, $"""
        ALTER TABLE audit_entries DISABLE TRIGGER append_only, ALTER hash DROP NOT NULL, ALTER request_id DROP NOT NULL;
        {sql};
        ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER append_only
        """);
}
