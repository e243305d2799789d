using System.Text.Json;
using Tumbler.Contracts.Audit;
using Tumbler.Core;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Store;
using Tumbler.Storage.Journal.Rows;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal;

/// <param name="rowOf">The commit that leads from a state, or from nothing, to the next one, which gets the version.</param>
/// <param name="revokedBy">What the same step withdraws.</param>
/// <param name="revoke">Lets readers see that.</param>
internal sealed class AggregateStore<TId, TState>(
    StateTable<TId, TState> states,
    CommitQueue queue,
    Func<TState, TId> idOf,
    Func<TState?, TState, long, CommitRow> rowOf,
    Func<TState?, TState, IReadOnlyList<Revocation>>? revokedBy = null,
    Action<IReadOnlyList<Revocation>, DateTimeOffset>? revoke = null) : IAggregateStore<TId, TState>
    where TId : struct
    where TState : class, IAggregate<TState>
{
    public ValueTask<Stored<TState>?> Load(TId id, CancellationToken stop)
    {
        queue.ThrowIfFailed();
        return ValueTask.FromResult(states.Find(id));
    }

    public async ValueTask<SaveResult> Save(
        TState next, VersionToken expected, IReadOnlyList<AuditEntry> entries, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var id = idOf(next);
        var current = states.Find(id);
        if (queue.Failed)
            return SaveResult.Unavailable;
        if ((current?.Version ?? VersionToken.None) != expected)
            return SaveResult.Conflict;

        // Rows and JSON are made here, by whoever saves; the thread that writes the journal has enough to do. It asks
        // again whether the state is current, and what was made from another one is thrown away then.
        var stored = new Stored<TState>(next, new VersionToken(expected.Value + 1));
        var revoked = revokedBy?.Invoke(current?.State, next) ?? [];
        var row = rowOf(current?.State, next, stored.Version.Value) with
        {
            Audit = [.. entries.Select(AuditRow.Of)],
            Revocations = revoked.Count == 0 ? null : [.. revoked.Select(RevocationRow.Of)],
        };
        return await queue.Enqueue(new PendingCommit(
            next.Chain,
            JsonSerializer.SerializeToUtf8Bytes(row, RowJson.Default.CommitRow),
            row.Audit,
            isCurrent: () => states.VersionOf(id) == expected,
            publish: () =>
            {
                states.Put(id, stored);
                revoke?.Invoke(revoked, entries.Count == 0 ? DateTimeOffset.MinValue : entries[0].Time);
            },
            SaveResult.Saved(stored.Version))).WaitAsync(stop);
    }

    public ValueTask<IReadOnlyList<TId>> List(TId? after, int limit, CancellationToken stop)
    {
        queue.ThrowIfFailed();
        return ValueTask.FromResult(states.List(after, limit));
    }
}
