namespace Tumbler.Contracts.Paging;

/// <summary>Which part of a list is wanted.</summary>
/// <param name="Cursor">The previous page's <c>next_cursor</c>, or null for the first page. Opaque.</param>
/// <param name="Limit">At most this many items, 1 to 200.</param>
public sealed record PageRequest(string? Cursor = null, int Limit = PageRequest.DefaultLimit)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;
}
