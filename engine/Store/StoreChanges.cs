using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Engine.Store;

/// <summary>What changed since a mark.</summary>
/// <param name="Next">The mark to ask with next time, once everything listed here has been dealt with.</param>
/// <param name="Revocations">All that was withdrawn after the mark, in whatever was saved.</param>
/// <param name="StoreTime">The store's own clock; null when it has none.</param>
public sealed record StoreChanges(
    ChangeMark Next,
    IReadOnlyList<Changed<RingId>> Rings,
    IReadOnlyList<Changed<OrgSlug>> Organizations,
    RevocationNews Revocations,
    DateTimeOffset? StoreTime = null);
