using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Journal;

/// <summary>The log as it was when this was made: entries have places that never change, everything else is immutable.</summary>
/// <param name="count">How many entries there were.</param>
/// <param name="owners">The owners' heads.</param>
/// <param name="anchors">Where pruned chains begin.</param>
internal sealed class AuditView(
    AuditRows rows, int count, IReadOnlyList<ChainHead> owners, Checkpoints checkpoints, Checkpoints anchors) : IAuditView
{
    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<ChainEnds> All { get; } =
    [
        .. owners
            .Select(owner => owner.Chain)
            .Union(checkpoints.Heads.Keys)
            .Union(anchors.Heads.Keys)
            .GroupJoin(
                owners,
                chain => chain,
                owner => owner.Chain,
                (chain, owner) => new ChainEnds(
                    chain, owner.SingleOrDefault()?.Head, checkpoints.Heads.GetValueOrDefault(chain), anchors.Heads.GetValueOrDefault(chain)))
            .OrderBy(ends => ends.Chain, StringComparer.Ordinal),
    ];

    public IAsyncEnumerable<ChainEnds> Chains(CancellationToken stop) => All.ToAsyncEnumerable();

    public IAsyncEnumerable<StoredAuditEntry> Entries(string? chain, CancellationToken stop) =>
        (chain is null ? rows.Chains.Order(StringComparer.Ordinal) : (IEnumerable<string>)[chain])
            .SelectMany(Positions)
            .Select(position => rows.At(position).ToEntry())
            .Select(entry => new StoredAuditEntry(entry.Chain, entry.Seq, entry))
            .ToAsyncEnumerable();

    public ValueTask<string?> HashOf(string chain, long seq, CancellationToken stop)
    {
        // Numbers have no gap, so the place in the chain is the number, less what was pruned.
        var before = anchors.Heads.GetValueOrDefault(chain)?.Seq ?? 0;
        var row = seq <= before ? null : Positions(chain).Skip((int)Math.Min(seq - before - 1, int.MaxValue)).Select(rows.At).FirstOrDefault();
        return ValueTask.FromResult(row?.Seq == seq ? row.Hash : null);
    }

    public IAsyncEnumerable<StoredCheckpoint> Checkpoints(CancellationToken stop) => checkpoints.All.ToAsyncEnumerable();

    public ValueTask<StoredCheckpoint?> LastCheckpoint(CancellationToken stop) => ValueTask.FromResult(checkpoints.Last);

    public IAsyncEnumerable<StoredCheckpoint> AnchorNotes(CancellationToken stop) => anchors.All.ToAsyncEnumerable();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<int> Positions(string chain) => rows.PositionsOf(chain).TakeWhile(position => position < count);
}
