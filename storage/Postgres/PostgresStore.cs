using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Postgres;

/// <summary>State and audit log in PostgreSQL, for any number of processes at once.</summary>
public sealed class PostgresStore : IStore, IDisposable
{
    private readonly NpgsqlDataSource database;
    private readonly DatabaseCheck check;
    private readonly ChangeFeed changes;

    private PostgresStore(NpgsqlDataSource database, Guid id, PostgresOptions options, ILogger log)
    {
        this.database = database;
        var hints = new ChangeHints(database, TimeProvider.System);
        changes = new ChangeFeed(database, hints);
        check = new DatabaseCheck(database, log);
        Rings = new AggregateStore<RingId, KeyRing>(database, RowForms.Rings, hints.Send, log);
        Organizations = new AggregateStore<OrgSlug, Organization>(database, RowForms.Organizations, hints.Send, log);
        NodeLogs = new AggregateStore<NodeId, NodeLog>(database, RowForms.NodeLogs, _ => { }, log);
        TokenRevocations = new AggregateStore<RingId, TokenRevocations>(database, RowForms.TokenRevocations, hints.Send, log);
        Audit = new AuditStore(
            database,
            new PooledDbContextFactory<AuditContext>(new DbContextOptionsBuilder<AuditContext>().UseNpgsql(database).Options),
            new AuditCursor(id),
            log);
        Exports = new ExportStore(database, log);
        UsedOnce = new UsedOnce(database);
        Cluster = new ClusterRows(database, id);
    }

    public IAggregateStore<RingId, KeyRing> Rings { get; }

    public IAggregateStore<OrgSlug, Organization> Organizations { get; }

    public IAggregateStore<NodeId, NodeLog> NodeLogs { get; }

    public IAggregateStore<RingId, TokenRevocations> TokenRevocations { get; }

    public IAuditStore Audit { get; }

    public IExportStore Exports { get; }

    public IUsedOnce UsedOnce { get; }

    public IClusterRows Cluster { get; }

    /// <summary>Opens the database, and brings its schema up to date when the options allow it.</summary>
    /// <param name="connectionString">As Npgsql has it, with Host, Database and Username.</param>
    /// <param name="failure">The string is wrong, the server or database can't be used, or the schema is not the one needed.</param>
    public static bool TryOpen(
        string connectionString,
        PostgresOptions options,
        ILogger<PostgresStore> log,
        [NotNullWhen(true)] out PostgresStore? store,
        [NotNullWhen(false)] out PostgresOpenFailure? failure)
    {
        store = null;
        if (!Connections.TryCreate(connectionString, options, out var database, out var problem))
        {
            failure = new PostgresOpenFailure(problem);
            return false;
        }

        try
        {
            failure = PostgresOpening.Prepare(database, options, out var id);
            if (failure is null)
                store = new PostgresStore(database, id, options, log);
            return store is not null;
        }
        finally
        {
            if (store is null)
                database.Dispose();
        }
    }

    /// <summary>Whether <see cref="TryOpen"/> would open it, without bringing anything up to date.</summary>
    /// <returns>Null when it would.</returns>
    public static PostgresOpenFailure? WhyNotOpened(string connectionString, PostgresOptions options)
    {
        if (!Connections.TryCreate(connectionString, options, out var database, out var problem))
            return new PostgresOpenFailure(problem);
        using (database)
            return PostgresOpening.Look(database, options);
    }

    public ValueTask<StoreChanges> Changes(ChangeMark? since, CancellationToken stop) => changes.Since(since, stop);

    public Task Hint(CancellationToken stop) => changes.Hint(stop);

    public ValueTask<IReadOnlyList<RingToLookAt>> RingsToLookAt(
        DateTimeOffset now, RingToLookAt? after, int limit, CancellationToken stop) => QuietTimes.Over(database, now, after, limit, stop);

    public ValueTask<bool> Ping(CancellationToken stop) => check.TakesChanges(stop);

    /// <summary>Changes that come later are <see cref="SaveOutcome.Unavailable"/>.</summary>
    public void Dispose()
    {
        changes.Dispose();
        database.Dispose();
    }
}
