namespace Tumbler.Storage.Rows;

/// <param name="Heads">The owners' heads that changed since the checkpoint before.</param>
internal sealed record CheckpointRow(long Number, string Note, IReadOnlyList<HeadRow> Heads);
