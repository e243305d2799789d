namespace Tumbler.Contracts.Paging;

/// <summary>A part of a list.</summary>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="NextCursor">Where the next page begins, or null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    public Page<TOther> Map<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], NextCursor);
}
