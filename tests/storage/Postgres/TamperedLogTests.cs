using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Contracts.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Storage.Postgres;
using Tumbler.Storage.Tests.Protection;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>The owner of the tables turns the trigger off and changes history. Whoever verifies sees it, and where.</summary>
public sealed class TamperedLogTests : IDisposable
{
    private readonly string owner;
    private readonly PostgresStore store;
    private readonly History history = new(5);

    public TamperedLogTests(PrivatePostgres server)
    {
        var database = server.NewMigratedDatabase();
        owner = server.ConnectionString(PrivatePostgres.Owner, database);
        store = Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));
    }

    public void Dispose() => store.Dispose();

    /// <summary>All of them on one database, one after the other, each undone: making a database costs more than all else.</summary>
    [Fact]
    public async Task Every_change_by_hand_is_found_where_it_was_made_and_the_untouched_log_passes()
    {
        await SomeLog();
        Assert.Equal(new AuditVerdict(true, 3, 18, null, Checkpoints: 2), await Verify());

        foreach (var (sql, chain, seq) in ((string, string, long)[])
            [
                (Set("time = time + interval '1 ms'"), "ring:ring-1", 3),
                (Set("time = time + interval '1 us'"), "ring:ring-1", 3),
                (Set("time = 'infinity'"), "ring:ring-1", 3),
                (Set("org = coalesce(org || 'x', 'x')"), "ring:ring-1", 3),
                (Set("actor_type = CASE actor_type WHEN 'System' THEN 'ApiKey' ELSE 'System' END"), "ring:ring-1", 3),
                (Set("actor_id = actor_id || 'x'"), "ring:ring-1", 3),
                (Set("action = CASE action WHEN 'Create' THEN 'Delete' ELSE 'Create' END"), "ring:ring-1", 3),
                (Set("action = lower(action)"), "ring:ring-1", 3),
                (Set("action = '0'"), "ring:ring-1", 3),
                (Set("resource_type = CASE resource_type WHEN 'Ring' THEN 'Policy' ELSE 'Ring' END"), "ring:ring-1", 3),
                (Set("resource_id = resource_id || 'x'"), "ring:ring-1", 3),
                (Set("status = CASE status WHEN 'Success' THEN 'Failure' ELSE 'Success' END"), "ring:ring-1", 3),
                (Set("request_id = request_id || 'x'"), "ring:ring-1", 3),
                (Set("source = source || 'x'"), "ring:ring-1", 3),
                (Set("""details = details || '{"added": "x"}'"""), "ring:ring-1", 3),
                (Set("details = '[]'"), "ring:ring-1", 3),
                (Set("""details = '{"a": null}'"""), "ring:ring-1", 3),
                (Set("prev_hash = repeat('0', 64)"), "ring:ring-1", 3),
                (Set("hash = repeat('0', 64)"), "ring:ring-1", 3),
                (Set("mac = repeat('0', 64)"), "ring:ring-1", 3),
                (Set("chain = 'ring:ring-2', seq = 4711"), "ring:ring-1", 3),
                (Set("chain = 'nobody:s'"), "nobody:s", 3),
                (Set("seq = -1"), "ring:ring-1", 1),
                ("DELETE FROM audit_entries WHERE chain = 'ring:ring-1' AND seq = 3", "ring:ring-1", 3),
                ("DELETE FROM audit_entries WHERE chain = 'ring:ring-1' AND seq = 1", "ring:ring-1", 1),
                ("DELETE FROM audit_entries WHERE chain = 'ring:ring-1' AND seq >= 5", "ring:ring-1", 5),
                ("DELETE FROM audit_entries WHERE chain = 'ring:ring-1'", "ring:ring-1", 1),
                ("UPDATE audit_entries SET seq = CASE seq WHEN 3 THEN -4 ELSE -3 END WHERE chain = 'ring:ring-1' AND seq IN (3, 4); UPDATE audit_entries SET seq = -seq WHERE seq < 0", "ring:ring-1", 3),
                (Insert("5, prev_hash", "seq = 4"), "ring:ring-1", 5),
                (Insert("7, hash", "seq = 6"), "ring:ring-1", 7),

                // With the owner's head rolled back as well, so that chain and owner agree.
                ($"DELETE FROM audit_entries WHERE chain = 'ring:ring-1' AND seq > 4; {RollBack("rings", "id = 'ring-1'", "ring:ring-1", 4)}", "ring:ring-1", 5),
                ($"DELETE FROM audit_entries WHERE chain = 'org:Org_1' AND seq > 1; {RollBack("organizations", "slug = 'Org_1'", "org:Org_1", 1)}", "org:Org_1", 2),
                ("UPDATE rings SET body = jsonb_set(body, '{audit_seq}', '\"many\"') WHERE id = 'ring-1'", "ring:ring-1", 6),
                ("DELETE FROM signing_keys WHERE ring = 'ring-1'; DELETE FROM rings WHERE id = 'ring-1'", "ring:ring-1", 6),

                ("UPDATE audit_checkpoints SET note = replace(note, 'number 1', 'number 7') WHERE number = 1", "checkpoints", 1),
                ("UPDATE audit_checkpoints SET note = overlay(note placing 'AAAA' from length(note) - 20) WHERE number = 2", "checkpoints", 2),
                ("UPDATE audit_checkpoints SET note = (SELECT note FROM audit_checkpoints WHERE number = 1) WHERE number = 2", "checkpoints", 2),
                ("DELETE FROM audit_checkpoints WHERE number = 1", "checkpoints", 1),
                ("DELETE FROM audit_checkpoints WHERE number = 2", "checkpoints", 1),
                ("DELETE FROM audit_checkpoints", "checkpoints", 1),
                ("UPDATE audit_checkpoints SET number = 3 WHERE number = 2", "checkpoints", 2),
                ("UPDATE audit_checkpoint_heads SET seq = 1 WHERE chain = 'ring:ring-1'", "checkpoints", 2),
                ("DELETE FROM audit_checkpoint_heads WHERE chain = 'ring:ring-1'", "checkpoints", 2),
                ("INSERT INTO audit_checkpoint_heads VALUES ('ring:other', 1, '')", "checkpoints", 2),
            ])
        {
            Tamper("CREATE TABLE kept_e AS TABLE audit_entries; CREATE TABLE kept_c AS TABLE audit_checkpoints; CREATE TABLE kept_h AS TABLE audit_checkpoint_heads; "
                + "CREATE TABLE kept_r AS SELECT body FROM rings; CREATE TABLE kept_o AS SELECT body FROM organizations; CREATE TABLE kept_k AS SELECT ring, body FROM signing_keys");
            Tamper(sql);
            var verdict = await Verify();
            Assert.True((verdict.Valid, verdict.FirstFault?.Chain, verdict.FirstFault?.Seq) == (false, chain, seq), $"{sql}\n{verdict}");
            Tamper("""
                DELETE FROM audit_entries; INSERT INTO audit_entries OVERRIDING SYSTEM VALUE TABLE kept_e;
                DELETE FROM audit_checkpoints; INSERT INTO audit_checkpoints TABLE kept_c;
                DELETE FROM audit_checkpoint_heads; INSERT INTO audit_checkpoint_heads TABLE kept_h;
                DELETE FROM signing_keys; DELETE FROM rings; INSERT INTO rings (body) TABLE kept_r; INSERT INTO signing_keys (ring, body) TABLE kept_k;
                UPDATE organizations SET body = kept_o.body FROM kept_o WHERE kept_o.body ->> 'slug' = slug;
                DROP TABLE kept_e, kept_c, kept_h, kept_r, kept_o, kept_k
                """);
        }

        Assert.True((await Verify()).Valid);
    }

    [Fact]
    public async Task Every_change_of_a_pruned_logs_anchors_is_found()
    {
        using var pruned = new PrunedLog();
        using var pruner = Stores.Open(owner);
        await SomeLog();
        for (var i = 0; i < 2; i++)
        {
            await pruned.Prune(pruner, await pruned.Archive(await pruned.Export(store), DateTimeOffset.MaxValue));
            await MoreLog();
        }

        Assert.True((await Verify()).Valid);
        Assert.Null((await pruned.VerifyOffline(await pruned.Export(store))).Fault);
        var first = (await PrunedLog.Entries(store)).Keys.Where(key => key.Chain == "ring:ring-1").Min(key => key.Seq);

        foreach (var (sql, chain, seq) in ((string, string, long)[])
            [
                ("UPDATE audit_anchors SET seq = seq - 1 WHERE chain = 'ring:ring-1'", "anchors", 2),
                ("UPDATE audit_anchors SET hash = repeat('0', 64) WHERE chain = 'ring:ring-1'", "anchors", 2),
                ("DELETE FROM audit_anchors WHERE chain = 'ring:ring-1'", "anchors", 2),
                ("DELETE FROM audit_anchors", "anchors", 2),
                ("INSERT INTO audit_anchors VALUES ('ring:x', 1, '')", "anchors", 2),
                ("DELETE FROM audit_anchor_notes WHERE number = 2", "anchors", 1),
                ("DELETE FROM audit_anchor_notes WHERE number = 1", "anchors", 1),
                ("DELETE FROM audit_anchor_notes", "anchors", 1),
                ("DELETE FROM audit_anchor_notes; DELETE FROM audit_anchors", "org:Org_1", 1),
                ("UPDATE audit_anchor_notes SET number = 3 WHERE number = 2", "anchors", 2),
                ("UPDATE audit_anchor_notes SET note = (SELECT note FROM audit_anchor_notes WHERE number = 1) WHERE number = 2", "anchors", 2),
                ("UPDATE audit_anchor_notes SET note = (SELECT max(note) FROM audit_checkpoints) WHERE number = 1", "anchors", 1),
                ("UPDATE audit_anchor_notes SET note = overlay(note placing 'AAAA' from length(note) - 20) WHERE number = 2", "anchors", 2),
                ($"DELETE FROM audit_entries WHERE chain = 'ring:ring-1' AND seq = {first}", "ring:ring-1", first),
                ($"UPDATE audit_anchors SET seq = {first}, hash = (SELECT hash FROM audit_entries WHERE chain = 'ring:ring-1' AND seq = {first}) WHERE chain = 'ring:ring-1'; "
                    + $"DELETE FROM audit_entries WHERE chain = 'ring:ring-1' AND seq = {first}", "anchors", 2),
            ])
        {
            Tamper("CREATE TABLE kept_e AS TABLE audit_entries; CREATE TABLE kept_a AS TABLE audit_anchors; CREATE TABLE kept_n AS TABLE audit_anchor_notes");
            Tamper(sql);
            var verdict = await Verify();
            Assert.True((verdict.Valid, verdict.FirstFault?.Chain, verdict.FirstFault?.Seq) == (false, chain, seq), $"{sql}\n{verdict}");
            Tamper("""
                DELETE FROM audit_entries; INSERT INTO audit_entries OVERRIDING SYSTEM VALUE TABLE kept_e;
                DELETE FROM audit_anchors; INSERT INTO audit_anchors TABLE kept_a;
                DELETE FROM audit_anchor_notes; INSERT INTO audit_anchor_notes TABLE kept_n;
                DROP TABLE kept_e, kept_a, kept_n
                """);
        }

        Assert.True((await Verify()).Valid);
    }

    [Fact]
    public async Task A_log_that_does_not_verify_is_not_pruned()
    {
        using var pruned = new PrunedLog();
        using var pruner = Stores.Open(owner);
        await SomeLog();
        var archive = await pruned.Archive(await pruned.Export(store), DateTimeOffset.MaxValue);
        Tamper(Set("source = 'elsewhere'"));

        Assert.Equal(
            "The audit log does not verify: ring:ring-1, 3: The entry's content does not have its hash.",
            (await pruned.TryPrune(pruner, archive)).Refusal?.Message);
        Assert.Equal(18, (await PrunedLog.Entries(store)).Count);
    }

    [Fact]
    public async Task What_was_rolled_back_gets_no_new_checkpoint()
    {
        await SomeLog();
        Tamper($"DELETE FROM audit_entries WHERE chain = 'ring:ring-1' AND seq > 4; {RollBack("rings", "id = 'ring-1'", "ring:ring-1", 4)}");

        var fault = await Checkpoints().Make(CancellationToken.None);

        Assert.Equal(("ring:ring-1", 6L), (fault?.Chain, fault?.Seq));
        Assert.Equal(2, (await Verify()).Checkpoints);
    }

    private async Task SomeLog()
    {
        for (var i = 0; i < 18; i++)
        {
            if (i % 3 == 0)
                await history.Save(store, History.Org(1));
            else
                await history.Save(store, History.Ring(i % 3));
            if (i is 9 or 17)
                Assert.Null(await Checkpoints().Make(CancellationToken.None));
        }
    }

    private async Task MoreLog()
    {
        for (var i = 0; i < 4; i++)
            await history.Save(store, History.Ring(1));
        await history.Save(store, History.Org(1));
    }

    private Checkpoints Checkpoints() => new(store, AuditSigning.Proofs, TimeProvider.System, NullLogger<Checkpoints>.Instance);

    private async Task<AuditVerdict> Verify()
    {
        var result = await new AuditLog(store, History.AuditKey, AuditSigning.Proofs, NullLogger<AuditLog>.Instance).Verify();
        Assert.True(result.TryGet(out var verdict, out _));
        return verdict;
    }

    /// <summary>As the owner may: the trigger keeps off mistakes, not owners.</summary>
    private void Tamper(string sql) => PrivatePostgres.Execute(owner, $"""
        ALTER TABLE audit_entries DISABLE TRIGGER append_only; ALTER TABLE audit_checkpoints DISABLE TRIGGER append_only;
        ALTER TABLE audit_anchors DISABLE TRIGGER append_only; ALTER TABLE audit_anchor_notes DISABLE TRIGGER append_only;
        {sql};
        ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER append_only; ALTER TABLE audit_checkpoints ENABLE ALWAYS TRIGGER append_only;
        ALTER TABLE audit_anchors ENABLE ALWAYS TRIGGER append_only; ALTER TABLE audit_anchor_notes ENABLE ALWAYS TRIGGER append_only;
        """);

    private static string Set(string change) => $"UPDATE audit_entries SET {change} WHERE chain = 'ring:ring-1' AND seq = 3";

    /// <summary>Makes room, then copies an entry in.</summary>
    private static string Insert(string seqAndPrevious, string of) => $"""
        UPDATE audit_entries SET seq = -seq WHERE chain = 'ring:ring-1' AND seq >= {seqAndPrevious.Split(',')[0]};
        UPDATE audit_entries SET seq = 1 - seq WHERE seq < 0;
        INSERT INTO audit_entries (chain, time, org, actor_type, actor_id, action, resource_type, resource_id, status, request_id, source, details, seq, prev_hash, hash, mac)
        SELECT chain, time, org, actor_type, actor_id, action, resource_type, resource_id, status, request_id, source, details, {seqAndPrevious}, hash, mac
        FROM audit_entries WHERE chain = 'ring:ring-1' AND {of}
        """;

    private static string RollBack(string table, string which, string chain, long seq) => $"""
        UPDATE {table} SET body = body || jsonb_build_object('audit_seq', {seq}, 'audit_hash', (SELECT hash FROM audit_entries WHERE chain = '{chain}' AND seq = {seq}))
        WHERE {which}
        """;
}
