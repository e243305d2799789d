using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal.Rows;

/// <summary>In a compacted journal: a part of the feed of revocations, with its numbers.</summary>
/// <param name="Last">The number of the last entry that there ever was.</param>
internal sealed record FeedRow(long Last, IReadOnlyList<long> Numbers, IReadOnlyList<RevocationRow> Entries);
