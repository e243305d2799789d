namespace Tumbler.Storage.Journal.Rows;

/// <summary>A line of the journal: the commits that one write and one flush made durable, all or none.</summary>
/// <param name="Crc">See <see cref="JournalLine"/>.</param>
/// <param name="Batch">1 for the first line after the header; no gap, no repeat.</param>
internal sealed record BatchRow(string Crc, long Batch, IReadOnlyList<CommitRow> Commits);
