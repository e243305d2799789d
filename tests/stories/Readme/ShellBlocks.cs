namespace Tumbler.Stories.Tests.Readme;

/// <summary>The blocks of a Markdown page that begin with <c>```sh</c>: what the reader is asked to paste.</summary>
internal static class ShellBlocks
{
    private const string Fence = "```";

    /// <param name="section">The heading below which they stand.</param>
    public static IReadOnlyList<string> Of(string markdown, string section)
    {
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        var start = Array.IndexOf(lines, $"## {section}");
        Assert.True(start >= 0, $"There is no section '{section}'.");
        return Of(string.Join('\n', lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))));
    }

    public static IReadOnlyList<string> Of(string markdown)
    {
        var (blocks, block, language) = (new List<string>(), new List<string>(), (string?)null);
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                block.Add(line);
                continue;
            }

            if (language == "sh")
                blocks.Add(string.Join('\n', block));
            language = language is null ? line[Fence.Length..].Trim() : null;
            block.Clear();
        }

        return blocks;
    }
}
