namespace Tumbler.Storage.Rows;

/// <summary>A checkpoint, or in the same form a note over anchors.</summary>
/// <param name="Heads">The owners' heads, or the anchors, that changed since the one before.</param>
internal sealed record CheckpointRow(long Number, string Note, IReadOnlyList<HeadRow> Heads);
