using System.CommandLine;
using Tumbler.Contracts.Paging;

namespace Tumbler.Cli.Servers;

/// <summary>Which part of a list is wanted.</summary>
internal sealed class PageOptions
{
    public PageOptions() => Limit.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var limit) && limit is < 1 or > PageRequest.MaxLimit)
            result.AddError($"--limit must be 1 to {PageRequest.MaxLimit}.");
    });

    public Option<int?> Limit { get; } = new("--limit")
    {
        HelpName = "n", Description = $"At most so many; 1 to {PageRequest.MaxLimit}, by default {PageRequest.DefaultLimit}.",
    };

    public Option<string?> Cursor { get; } = new("--cursor") { HelpName = "text", Description = "Where to go on: what the page before ended with." };

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
