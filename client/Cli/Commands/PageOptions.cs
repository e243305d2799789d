using System.CommandLine;
using Tumbler.Contracts.Paging;

namespace Tumbler.Cli.Commands;

/// <summary>Which part of a list is wanted.</summary>
internal sealed class PageOptions
{
    public Option<int?> Limit { get; } = Words.Number(
        "--limit", $"At most so many; 1 to {PageRequest.MaxLimit}, by default {PageRequest.DefaultLimit}.", 1, PageRequest.MaxLimit);

    public Option<string?> Cursor { get; } = Words.Text("--cursor", "text", "Where to go on: what the page before ended with.");

    /// <param name="path">Of the list.</param>
    public string PathOf(string path, ParseResult words)
    {
        var parts = new List<string>();
        if (words.GetValue(Limit) is { } limit)
            parts.Add($"limit={limit}");
        if (words.GetValue(Cursor) is { } cursor)
            parts.Add($"cursor={Uri.EscapeDataString(cursor)}");
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }
}
