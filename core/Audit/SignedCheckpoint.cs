using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Core.Audit;

/// <summary>A checkpoint and the note that says it.</summary>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, string Note)
{
    public static SignedCheckpoint Sign(Checkpoint checkpoint, AuditSigner signer) =>
        new(checkpoint, SignedNote.Sign(checkpoint.Text(), checkpoint.Origin, signer));

    /// <param name="origin">Whose log this must be; null: whoever it says.</param>
    /// <param name="problem">To follow the checkpoint's name in a sentence.</param>
    /// <param name="series">What it must be: what signs anchors must not pass for what signs heads, or an older state would
    /// pass for the last.</param>
    public static bool TryVerify(
        string note,
        string? origin,
        IEnumerable<AuditCertificate> trusted,
        [NotNullWhen(true)] out SignedCheckpoint? verified,
        [NotNullWhen(false)] out string? problem,
        NoteSeries? series = null)
    {
        verified = null;
        var name = origin ?? note.Split('\n', 2)[0];
        if (!SignedNote.TryVerify(note, name, trusted, out var text, out problem))
            return false;
        if (Checkpoint.Parse(text) is not { } checkpoint)
        {
            problem = "is signed, but is no checkpoint";
            return false;
        }

        if (NoteSeries.Of(checkpoint) != (series ?? NoteSeries.Checkpoints))
        {
            problem = $"is signed, but is of {NoteSeries.Of(checkpoint).Name}";
            return false;
        }

        verified = checkpoint.Origin == name ? new SignedCheckpoint(checkpoint, note) : null;
        problem ??= verified is null ? $"is of another log, '{checkpoint.Origin}'" : null;
        return verified is not null;
    }
}
