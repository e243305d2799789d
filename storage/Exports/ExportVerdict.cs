using Tumbler.Core.Audit;

namespace Tumbler.Storage.Exports;

/// <summary>What recomputing an export found.</summary>
/// <param name="Signed">The checkpoint, once it has verified.</param>
/// <param name="Chain">The only chain that it holds, or null: all of the checkpoint's.</param>
/// <param name="Fault">Null when everything verifies.</param>
/// <param name="StampedAt">When a time-stamping authority says that it was there; whether to believe the authority is not checked.</param>
public sealed record ExportVerdict(SignedCheckpoint? Signed, string? Chain, int Chains, long Entries, DateTimeOffset? StampedAt, ExportFault? Fault)
{
    public Checkpoint? Checkpoint => Signed?.Checkpoint;
}
