using Npgsql;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Paging;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>Paging while a slower writer has not committed yet.</summary>
public sealed class AuditPagingTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly string admin;
    private readonly PostgresStore store;
    private readonly History history = new(seed: 21);

    public AuditPagingTests(PrivatePostgres server)
    {
        var database = server.NewMigratedDatabase();
        admin = server.Admin(database);
        store = Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));
    }

    public void Dispose() => store.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_under_way_when_the_first_page_was_read_is_on_no_later_page(bool commits)
    {
        for (var i = 0; i < 6; i++)
            await history.Save(store, History.Ring(1));
        await using var source = NpgsqlDataSource.Create(admin);
        await using var slow = await source.OpenConnectionAsync(Go);
        await using var underWay = await slow.BeginTransactionAsync(Go);
        await Append(slow, "slow");
        for (var i = 0; i < 6; i++)
            await history.Save(store, History.Ring(2));

        var first = await Page(null);
        await (commits ? underWay.CommitAsync(Go) : underWay.RollbackAsync(Go));
        await Append(slow, "later");
        var rest = await Rest(first.NextCursor);

        Assert.Equal(
            Enumerable.Repeat("ring:ring-2", 6).Concat(Enumerable.Repeat("ring:ring-1", 6)),
            first.Items.Concat(rest).Select(entry => entry.Chain));
        var fresh = await Page(null);
        var again = fresh.Items.Concat(await Rest(fresh.NextCursor)).Select(entry => entry.Chain).ToList();
        Assert.Equal(commits ? ["later", "slow"] : ["later"], again.Where(chain => !chain.StartsWith("ring:", StringComparison.Ordinal)));
        Assert.Equal(commits ? 14 : 13, again.Count);
    }

    [Fact]
    public async Task A_transaction_that_writes_no_entry_hides_none()
    {
        for (var i = 0; i < 6; i++)
            await history.Save(store, History.Ring(1));
        await using var source = NpgsqlDataSource.Create(admin);
        await using var other = await source.OpenConnectionAsync(Go);
        await using var underWay = await other.BeginTransactionAsync(Go);
        await using (var take = new NpgsqlCommand("SELECT pg_current_xact_id()", other))
            await take.ExecuteNonQueryAsync(Go);

        var first = await Page(null);
        var rest = await Rest(first.NextCursor);

        Assert.Equal([6, 5, 4, 3, 2, 1], first.Items.Concat(rest).Select(entry => entry.Seq));
    }

    /// <summary>An entry like another, of a chain of its own.</summary>
    private static async Task Append(NpgsqlConnection connection, string chain)
    {
        await using var append = new NpgsqlCommand("""
            INSERT INTO audit_entries (chain, seq, time, org, actor_type, actor_id, action, resource_type, resource_id, status,
                request_id, source, details, prev_hash, hash, mac)
            SELECT $1, 1, time, org, actor_type, actor_id, action, resource_type, resource_id, status,
                request_id, source, details, prev_hash, hash, mac
            FROM audit_entries WHERE chain = 'ring:ring-1' AND seq = 1
            """, connection);
        append.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chain });
        await append.ExecuteNonQueryAsync(Go);
    }

    private async Task<List<AuditEntry>> Rest(string? cursor)
    {
        var entries = new List<AuditEntry>();
        while (cursor is not null)
        {
            var page = await Page(cursor);
            entries.AddRange(page.Items);
            cursor = page.NextCursor;
        }

        return entries;
    }

    private async Task<Page<AuditEntry>> Page(string? cursor)
    {
        var result = await store.Audit.Query(new AuditQuery(Page: new PageRequest(cursor, 4)), Go);
        Assert.True(result.TryGet(out var page, out var refusal), refusal?.Message);
        return page;
    }
}
