using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Postgres;

/// <summary>The log in one transaction that sees one state of it. Read through cursors, page by page: a statement over millions
/// of rows would outlast the time-out, and its result the memory.</summary>
internal sealed class AuditView : IAuditView
{
    private const int PageSize = 2000;

    private const string Columns =
        "chain, seq, time, org, actor_type, actor_id, action, resource_type, resource_id, status, request_id, source, details, prev_hash, hash, mac";

    private static readonly string EndsSql = $"""
        SELECT chain, owner.seq, owner.hash, kept.seq, kept.hash, anchor.seq, anchor.hash
        FROM ({AuditOwners.Heads}) AS owner FULL JOIN audit_checkpoint_heads AS kept USING (chain) FULL JOIN audit_anchors AS anchor USING (chain)
        ORDER BY chain
        """;

    private static readonly string KeepHeadsSql = $"""
        INSERT INTO audit_checkpoint_heads AS kept (chain, seq, hash)
        SELECT chain, seq, hash FROM ({AuditOwners.Heads}) AS owner
        ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
        WHERE (kept.seq, kept.hash) IS DISTINCT FROM (excluded.seq, excluded.hash)
        """;

    private const string AnchorSql = """
        INSERT INTO audit_anchors (chain, seq, hash) SELECT * FROM unnest($1, $2, $3)
        ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
        """;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private AuditView(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (this.connection, this.transaction) = (connection, transaction);

    /// <exception cref="StoreUnavailableException"/>
    public static async ValueTask<AuditView> Open(NpgsqlDataSource database, CancellationToken stop) => await Faults.Read(async () =>
    {
        var connection = await database.OpenConnectionAsync(stop);
        try
        {
            return new AuditView(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    });

    public IAsyncEnumerable<ChainEnds> Chains(CancellationToken stop) => Stream("chains", EndsSql, null, Ends, stop);

    public IAsyncEnumerable<StoredAuditEntry> Entries(string? chain, CancellationToken stop) => Stream(
        "entries",
        $"SELECT {Columns} FROM audit_entries {(chain is null ? "" : "WHERE chain = $1")} ORDER BY chain, seq",
        chain,
        StoredEntries.Read,
        stop);

    public IAsyncEnumerable<StoredCheckpoint> Checkpoints(CancellationToken stop) =>
        Stream("checkpoints", "SELECT number, note FROM audit_checkpoints ORDER BY number", null, Checkpoint, stop);

    public IAsyncEnumerable<StoredCheckpoint> AnchorNotes(CancellationToken stop) =>
        Stream("anchor_notes", "SELECT number, note FROM audit_anchor_notes ORDER BY number", null, Checkpoint, stop);

    public async ValueTask<StoredCheckpoint?> LastCheckpoint(CancellationToken stop) => await Faults.Read(async () =>
    {
        await using var command = new NpgsqlCommand("SELECT number, note FROM audit_checkpoints ORDER BY number DESC LIMIT 1", connection, transaction);
        await using var row = await command.ExecuteReaderAsync(stop);
        return await row.ReadAsync(stop) ? Checkpoint(row) : null;
    });

    public async ValueTask<string?> HashOf(string chain, long seq, CancellationToken stop) => await Faults.Read(async () =>
    {
        await using var command = new NpgsqlCommand("SELECT hash FROM audit_entries WHERE chain = $1 AND seq = $2", connection, transaction)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = chain }, new NpgsqlParameter<long> { TypedValue = seq } },
        };
        return await command.ExecuteScalarAsync(stop) as string;
    });

    /// <summary>Ends the view. The heads are those it saw: the same statement, in the same state.</summary>
    public async Task Add(StoredCheckpoint next, CancellationToken stop)
    {
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO audit_checkpoints (number, note) VALUES ($1, $2)")
            {
                Parameters = { new NpgsqlParameter<long> { TypedValue = next.Number }, new NpgsqlParameter<string> { TypedValue = next.Note } },
            });
            batch.BatchCommands.Add(new NpgsqlBatchCommand(KeepHeadsSql));
            await batch.ExecuteNonQueryAsync(stop);
        }

        await transaction.CommitAsync(stop);
    }

    /// <summary>Prepares the view for <see cref="Prune"/>: nothing in it has a time-out.</summary>
    /// <returns>False when the role may not prune.</returns>
    public async Task<bool> BeginPruning(CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT set_config('statement_timeout', '0', true), set_config('tumbler.pruning', 'on', true),
                has_table_privilege('audit_entries', 'DELETE') AND pg_has_role(relowner, 'MEMBER')
            FROM pg_class WHERE oid = 'audit_entries'::regclass
            """,
            connection,
            transaction);
        await using var row = await command.ExecuteReaderAsync(stop);
        return await row.ReadAsync(stop) && row.GetBoolean(2);
    }

    /// <summary>Ends the view. Locks the rows that go and no others: whoever serves goes on serving.</summary>
    public async Task Prune(StoredPruning pruning, CancellationToken stop)
    {
        var heads = pruning.Moved.Select(anchor => anchor.Head).ToArray();
        await using (var batch = new NpgsqlBatch(connection, transaction) { Timeout = 0 })
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO audit_anchor_notes (number, note) VALUES ($1, $2)")
            {
                Parameters = { new NpgsqlParameter<long> { TypedValue = pruning.Note.Number }, new NpgsqlParameter<string> { TypedValue = pruning.Note.Note } },
            });
            batch.BatchCommands.Add(new NpgsqlBatchCommand(AnchorSql)
            {
                Parameters =
                {
                    new NpgsqlParameter<string[]> { TypedValue = [.. pruning.Moved.Select(anchor => anchor.Chain)] },
                    new NpgsqlParameter<long[]> { TypedValue = [.. heads.Select(head => head.Seq)] },
                    new NpgsqlParameter<string[]> { TypedValue = [.. heads.Select(head => head.Hash)] },
                },
            });
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                "DELETE FROM audit_entries AS entry USING audit_anchors AS anchor WHERE entry.chain = anchor.chain AND entry.seq <= anchor.seq"));
            await batch.ExecuteNonQueryAsync(stop);
        }

        // Dying up to here leaves everything as it was.
        await transaction.CommitAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async IAsyncEnumerable<T> Stream<T>(
        string cursor, string sql, string? parameter, Func<NpgsqlDataReader, T> map, [EnumeratorCancellation] CancellationToken stop)
    {
        await Faults.Read(() => Execute($"DECLARE {cursor} NO SCROLL CURSOR FOR {sql}", parameter, stop));
        List<T> page;
        do
        {
            page = await Faults.Read(() => Fetch(cursor, map, stop));
            foreach (var row in page)
                yield return row;
        }
        while (page.Count == PageSize);

        await Faults.Read(() => Execute($"CLOSE {cursor}", null, stop));
    }

    private async Task<int> Execute(string sql, string? parameter, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        if (parameter is not null)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parameter });
        return await command.ExecuteNonQueryAsync(stop);
    }

    private async Task<List<T>> Fetch<T>(string cursor, Func<NpgsqlDataReader, T> map, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"FETCH {PageSize} FROM {cursor}"), connection, transaction);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var page = new List<T>();
        while (await rows.ReadAsync(stop))
            page.Add(map(rows));
        return page;
    }

    private static ChainEnds Ends(NpgsqlDataReader row) => new(row.GetString(0), Head(row, 1), Head(row, 3), Head(row, 5));

    private static AuditHead? Head(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) || row.IsDBNull(column + 1) ? null : new AuditHead(row.GetInt64(column), row.GetString(column + 1));

    private static StoredCheckpoint Checkpoint(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetString(1));
}
