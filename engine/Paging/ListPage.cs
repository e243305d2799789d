using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;

namespace Tumbler.Engine.Paging;

/// <summary>Cuts pages out of lists that are ordered by id. The cursor is the last id that was shown, so a page never
/// skips or repeats what was there all the time.</summary>
public static class ListPage
{
    public delegate bool TryParse<TId>([NotNullWhen(true)] string? text, out TId id);

    public delegate ValueTask<IReadOnlyList<T>> Read<TId, T>(TId? after, int limit) where TId : struct;

    public static async Task<Result<Page<T>>> Of<TId, T>(
        Read<TId, T> read, PageRequest request, TryParse<TId> parse, Func<T, TId> idOf) where TId : struct
    {
        TId? after = null;
        if (request.Cursor is { } cursor)
        {
            if (!TryDecode(cursor, out var text) || !parse(text, out var id))
                return Refusal.Invalid("cursor", "cursor", "cursor must be the next_cursor of a page of this list.");
            after = id;
        }

        // One more than asked for tells whether there is a next page.
        var items = await read(after, request.Limit + 1);
        var page = items.Take(request.Limit).ToArray();
        var next = items.Count > request.Limit ? Encode(idOf(page[^1]).ToString()!) : null;
        return new Page<T>(page, next);
    }

    private static string Encode(string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));

    private static bool TryDecode(string cursor, [NotNullWhen(true)] out string? id)
    {
        id = Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : null;
        return id is not null;
    }
}
