using Tumbler.Contracts.Audit;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Audit;

/// <summary>Verifies the log of a view, in the order in which one thing is believed for the sake of another: checkpoints and
/// what was kept with the last, the notes over the anchors and those, then the entries between anchors and heads.</summary>
public sealed class LogVerification(IAuditView view, AuditKey key, IReadOnlyList<AuditCertificate> trusted)
{
    private readonly CheckpointChain checkpoints = new(trusted);
    private readonly CheckpointChain anchors = new(trusted, NoteSeries.Anchors);
    private readonly AuditLogVerifier verifier = new(key);

    public int Chains => verifier.Chains;

    public long Entries => verifier.Entries;

    public SignedCheckpoint? LastCheckpoint => checkpoints.Last;

    public SignedCheckpoint? LastAnchors => anchors.Last;

    /// <param name="progress">Told now and then.</param>
    /// <returns>The first fault, or null.</returns>
    public async ValueTask<AuditFault?> Run(Func<AuditLogVerifier, ValueTask> progress, CancellationToken stop) =>
        await Follow(checkpoints, view.Checkpoints(stop))
        ?? await Follow(anchors, view.AnchorNotes(stop))
        ?? await KeptFault(stop)
        ?? await LogWalk.Verify(verifier, view.Chains(stop), view.Entries(null, stop), progress);

    private static async ValueTask<AuditFault?> Follow(CheckpointChain chain, IAsyncEnumerable<StoredCheckpoint> notes)
    {
        await foreach (var note in notes)
        {
            if (chain.Next(note.Number, note.Note) is { } fault)
                return fault;
        }

        return null;
    }

    private async ValueTask<AuditFault?> KeptFault(CancellationToken stop)
    {
        var (heads, starts) = (new MerkleTree(), new MerkleTree());
        await foreach (var chain in view.Chains(stop))
        {
            if (chain.Signed is { } signed)
                heads.Add(new ChainHead(chain.Chain, signed).Leaf());
            if (chain.Anchor is { } anchor)
                starts.Add(new ChainHead(chain.Chain, anchor).Leaf());
        }

        return checkpoints.End(heads) ?? anchors.End(starts);
    }
}
