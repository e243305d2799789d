namespace Tumbler.Core.Audit;

/// <summary>What is signed by notes in the form of a <see cref="Checkpoint"/>, one after the other.</summary>
/// <param name="Name">Where <see cref="Contracts.Audit.AuditFault.Chain"/> names no chain of entries.</param>
/// <param name="Note">What one is called.</param>
/// <param name="Leaves">What its tree is made of.</param>
public sealed record NoteSeries(string Name, string Note, string Leaves)
{
    /// <summary>The end of the origin of notes over anchors. No log's own origin ends so.</summary>
    public const string AnchorsSuffix = "/anchors";

    /// <summary>Where every chain ended.</summary>
    public static NoteSeries Checkpoints { get; } = new("checkpoints", "checkpoint", "heads");

    /// <summary>Up to where every chain was pruned.</summary>
    public static NoteSeries Anchors { get; } = new("anchors", "anchor note", "anchors");

    public static NoteSeries Of(Checkpoint note) =>
        note.Origin.EndsWith(AnchorsSuffix, StringComparison.Ordinal) ? Anchors : Checkpoints;
}
