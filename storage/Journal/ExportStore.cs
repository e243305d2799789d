using System.Text.Json;
using Tumbler.Contracts.Audit;
using Tumbler.Engine.Store;
using Tumbler.Storage.Journal.Rows;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal;

internal sealed class ExportStore(ExportRows exports, CommitQueue queue) : IExportStore
{
    public async ValueTask<SaveOutcome> Save(AuditExport export, CancellationToken stop)
    {
        var row = ExportRow.Of(export);
        var saved = await queue.Enqueue(new PendingCommit(
            $"export:{export.Id}",
            JsonSerializer.SerializeToUtf8Bytes(new CommitRow([], Export: row), RowJson.Default.CommitRow),
            audit: [],
            isCurrent: () => true,
            publish: () => exports.Put(row),
            SaveResult.Saved(VersionToken.None))).WaitAsync(stop);
        return saved.Outcome;
    }

    public ValueTask<AuditExport?> Load(Guid id, CancellationToken stop)
    {
        queue.ThrowIfFailed();
        return ValueTask.FromResult(exports.Find(id)?.ToExport());
    }

    public ValueTask<IReadOnlyList<AuditExport>> List((DateTimeOffset RequestedAt, Guid Id)? before, int limit, CancellationToken stop)
    {
        queue.ThrowIfFailed();
        IReadOnlyList<AuditExport> page =
        [
            .. exports.All
                .Select(row => (row, Key: (row.RequestedAt, row.Id)))
                .Where(export => before is null || export.Key.CompareTo(before.Value) < 0)
                .OrderByDescending(export => export.Key)
                .Take(limit)
                .Select(export => export.row.ToExport()),
        ];
        return ValueTask.FromResult(page);
    }
}
