using System.Collections.Immutable;
using System.Text;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal;

/// <summary>Every checkpoint, and the heads that the last one signed; or every note over anchors, and those. Immutable.</summary>
/// <param name="notes">UTF-8, half the size of strings. The checkpoint's number is its place, from 1.</param>
internal sealed class Checkpoints(ImmutableList<byte[]> notes, ImmutableSortedDictionary<string, AuditHead> heads)
{
    public static Checkpoints None { get; } = new([], ImmutableSortedDictionary.Create<string, AuditHead>(StringComparer.Ordinal));

    public int Count => notes.Count;

    public ImmutableSortedDictionary<string, AuditHead> Heads => heads;

    public IEnumerable<StoredCheckpoint> All => Enumerable.Range(1, Count).Select(At);

    public StoredCheckpoint? Last => Count == 0 ? null : At(Count);

    /// <summary>As they stand in a compacted journal: all heads are with the last.</summary>
    public IEnumerable<CheckpointRow> Rows => All.Select(stored => new CheckpointRow(
        stored.Number,
        stored.Note,
        stored.Number == Count ? [.. heads.Select(head => new HeadRow(head.Key, head.Value.Seq, head.Value.Hash))] : []));

    /// <exception cref="FormatException">It does not follow from the last one.</exception>
    public Checkpoints With(CheckpointRow row) => row.Number == Count + 1
        ? new Checkpoints(
            notes.Add(Encoding.UTF8.GetBytes(row.Note)),
            heads.SetItems(row.Heads.Select(head => KeyValuePair.Create(head.Chain, new AuditHead(head.Seq, head.Hash)))))
        : throw new FormatException($"Checkpoint or anchor note {row.Number} follows number {Count}.");

    private StoredCheckpoint At(int number) => new(number, Encoding.UTF8.GetString(notes[number - 1]));
}
