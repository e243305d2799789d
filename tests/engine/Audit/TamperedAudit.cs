using System.Collections.Immutable;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Audit;

/// <summary>The real audit store after somebody had their hands on it.</summary>
internal sealed class TamperedAudit(IAuditStore audit) : IAuditStore
{
    /// <summary>The chain they were on.</summary>
    public string Victim { get; init; } = "org:acme";

    /// <summary>What became of its entries.</summary>
    public Func<ImmutableList<AuditEntry>, ImmutableList<AuditEntry>> Entries { get; set; } = entries => entries;

    public Func<ChainEnds, ChainEnds?> Ends { get; set; } = ends => ends;

    public Func<StoredCheckpoint, StoredCheckpoint?> Checkpoint { get; set; } = checkpoint => checkpoint;

    /// <summary>What others do just before the log is looked at.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    public Func<StoredCheckpoint, StoredCheckpoint?> AnchorNote { get; set; } = note => note;

    public ValueTask<Result<Page<AuditEntry>>> Query(AuditQuery query, CancellationToken stop) => audit.Query(query, stop);

    public IAsyncEnumerable<string> Chains(CancellationToken stop) => audit.Chains(stop);

    public ValueTask<AuditEntry?> Find(string chain, long seq, CancellationToken stop) => audit.Find(chain, seq, stop);

    public IAsyncEnumerable<AuditEntry> Read(string chain, CancellationToken stop) => audit.Read(chain, stop);

    public async ValueTask<IAuditView> View(CancellationToken stop)
    {
        await Meanwhile();
        return new TamperedView(this, await audit.View(stop));
    }

    public ValueTask<SaveOutcome> AddCheckpoint(Func<IAuditView, ValueTask<StoredCheckpoint?>> make, CancellationToken stop) =>
        audit.AddCheckpoint(view => make(new TamperedView(this, view)), stop);

    public ValueTask<SaveOutcome> Prune(Func<IAuditView, ValueTask<StoredPruning?>> make, CancellationToken stop) =>
        audit.Prune(view => make(new TamperedView(this, view)), stop);
}
