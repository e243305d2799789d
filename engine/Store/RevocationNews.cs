using Tumbler.Core.Revocations;

namespace Tumbler.Engine.Store;

/// <summary>What is new in the feed of revocations since a mark.</summary>
/// <param name="Whole">It is all there is: what was known before counts no longer.</param>
/// <param name="Last">The number of the last entry that there is or was.</param>
/// <param name="Entries">In any order.</param>
public sealed record RevocationNews(bool Whole, long Last, IReadOnlyList<FeedEntry> Entries);
