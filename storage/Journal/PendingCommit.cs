using Tumbler.Engine.Store;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal;

/// <summary>A change that is on its way to the disk, and somebody who waits for it.</summary>
/// <param name="aggregate">Names the aggregate among those of all kinds.</param>
/// <param name="isCurrent">Whether the durable state still is the one that the change starts from.</param>
/// <param name="publish">Lets readers see the new state.</param>
/// <param name="saved">The answer when it is durable.</param>
internal sealed class PendingCommit(
    string aggregate, byte[] json, IReadOnlyList<AuditRow> audit, Func<bool> isCurrent, Action publish, SaveResult saved)
{
    // Who waits goes on elsewhere, not on the thread that writes the journal.
    private readonly TaskCompletionSource<SaveResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Aggregate => aggregate;

    /// <summary>The commit as it stands in the file.</summary>
    public byte[] Json => json;

    public IReadOnlyList<AuditRow> Audit => audit;

    public SaveResult Saved => saved;

    public Task<SaveResult> Answered => answer.Task;

    public bool IsCurrent() => isCurrent();

    public void Publish() => publish();

    public void Answer(SaveResult result) => answer.SetResult(result);
}
