using Tumbler.Contracts.Migration;

namespace Tumbler.Core.Migration;

/// <summary>Puts together what nodes have counted.</summary>
public static class UseTally
{
    /// <summary>More than a report can be read with.</summary>
    public const int MostShown = 500;

    /// <returns>The last used first.</returns>
    public static IReadOnlyList<SharedKeyUse> Of(IEnumerable<SharedKeyCount> counts) =>
    [
        .. counts.GroupBy(count => (count.Client, count.Service)).Select(same => new SharedKeyUse(
            same.Key.Client,
            same.Key.Service,
            same.Sum(count => count.Accepted),
            same.Sum(count => count.Refused),
            same.Max(count => count.LastUsedAt),
            AddressSketch.Count(same.Aggregate(AddressSketch.Empty(), (all, count) => AddressSketch.Union(all, AddressSketch.Parse(count.Addresses))))))
            .OrderByDescending(use => use.LastUsedAt)
            .ThenBy(use => use.Client, StringComparer.Ordinal)
            .ThenBy(use => use.Service, StringComparer.Ordinal),
    ];
}
