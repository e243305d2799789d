namespace Tumbler.Cli.Demo.Tally;

/// <summary>What the audit log says in the end.</summary>
/// <param name="Valid">Whether everything in it was recomputed and is as it was written.</param>
/// <param name="Rotations">Entries that say that signing went from one key to the next by the clock.</param>
/// <param name="Revocations">Entries that say that a key was revoked.</param>
internal sealed record AuditCheck(bool Valid, int Chains, long Entries, long Checkpoints, int Rotations, int Revocations);
