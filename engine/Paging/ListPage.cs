using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;
using Tumbler.Core;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Paging;

/// <summary>Cuts pages out of lists that are ordered by id. The cursor is the last id that was shown, so a page never
/// skips or repeats what was there all the time.</summary>
public static class ListPage
{
    public delegate bool TryParse<TId>([NotNullWhen(true)] string? text, out TId id);

    /// <summary>A page of a store's aggregates.</summary>
    public static async Task<Result<Page<TState>>> Of<TId, TState>(
        IAggregateStore<TId, TState> store, PageRequest request, TryParse<TId> parse)
        where TId : struct
        where TState : class, IAggregate<TState>
    {
        if (!After(request, parse).TryGet(out var after, out var refusal))
            return refusal;

        var page = Cut(await store.List(after, request.Limit + 1, CancellationToken.None), request.Limit, id => id);
        var states = new List<TState>();
        foreach (var id in page.Items)
        {
            if (await store.Load(id, CancellationToken.None) is { } stored)
                states.Add(stored.State);
        }

        return new Page<TState>(states, page.NextCursor);
    }

    /// <summary>A page of what is in memory, ordered by the text of its ids.</summary>
    public static Result<Page<T>> Of<TId, T>(
        IEnumerable<T> items, Func<T, TId> idOf, PageRequest request, TryParse<TId> parse) where TId : struct
    {
        if (!After(request, parse).TryGet(out var after, out var refusal))
            return refusal;

        var rest = items
            .Where(item => after is null || string.CompareOrdinal(idOf(item).ToString(), after.ToString()) > 0)
            .OrderBy(item => idOf(item).ToString(), StringComparer.Ordinal);
        return Cut([.. rest.Take(request.Limit + 1)], request.Limit, idOf);
    }

    private static Result<TId?> After<TId>(PageRequest request, TryParse<TId> parse) where TId : struct
    {
        if (request.Cursor is null)
            return (TId?)null;
        return TryDecode(request.Cursor, out var text) && parse(text, out var id)
            ? (TId?)id
            : Refusal.Invalid("cursor", "cursor", "cursor must be the next_cursor of a page of this list.");
    }

    /// <summary>One item more than asked for tells that there is a next page.</summary>
    private static Page<T> Cut<TId, T>(IReadOnlyList<T> items, int limit, Func<T, TId> idOf)
    {
        var page = items.Take(limit).ToArray();
        return new Page<T>(page, items.Count > limit ? Encode(idOf(page[^1])!.ToString()!) : null);
    }

    private static string Encode(string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));

    private static bool TryDecode(string cursor, [NotNullWhen(true)] out string? id)
    {
        var bytes = new byte[cursor.Length];
        id = Base64Url.DecodeFromChars(cursor, bytes, out _, out var length) == OperationStatus.Done ? Encoding.UTF8.GetString(bytes.AsSpan(0, length)) : null;

        // .NET takes padding and white space too; a cursor has one spelling.
        return id is not null && Encode(id) == cursor;
    }
}
