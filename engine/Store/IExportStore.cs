using Tumbler.Contracts.Audit;

namespace Tumbler.Engine.Store;

/// <summary>Which exports there are and how far they are. The last word wins: an export is one worker's.</summary>
public interface IExportStore
{
    ValueTask<SaveOutcome> Save(AuditExport export, CancellationToken stop);

    /// <exception cref="StoreUnavailableException"/>
    ValueTask<AuditExport?> Load(Guid id, CancellationToken stop);

    /// <summary>Newest first, those of one instant in the descending order of their ids.</summary>
    /// <param name="before">The last that was shown; null: from the beginning.</param>
    /// <exception cref="StoreUnavailableException"/>
    ValueTask<IReadOnlyList<AuditExport>> List((DateTimeOffset RequestedAt, Guid Id)? before, int limit, CancellationToken stop);
}
