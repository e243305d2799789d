using System.Text.RegularExpressions;

namespace Tumbler.Stories.Tests.Demo;

/// <summary>What the demo printed, here or in the README, with what differs from run to run taken out.</summary>
internal static partial class Recording
{
    private const string Command = "$ ./run demo";

    /// <summary>The block of a Markdown page that begins with the command.</summary>
    public static string In(string markdown)
    {
        var lines = markdown.ReplaceLineEndings("\n").Split('\n').SkipWhile(line => line != Command).ToArray();
        Assert.True(lines.Length > 0, $"There is no block that begins with '{Command}'.");
        return string.Join('\n', lines.Skip(1).TakeWhile(line => !line.StartsWith("```", StringComparison.Ordinal)));
    }

    /// <summary>How many hours one line tells of depends on the machine, so lines that say the same are one.</summary>
    public static IReadOnlyList<string> Normal(string output)
    {
        var lines = new List<string>();
        foreach (var line in output.ReplaceLineEndings("\n").Split('\n').Select(Line))
        {
            if (line.Length > 0 && (lines.Count == 0 || lines[^1] != line))
                lines.Add(line);
        }

        return lines;
    }

    private static string Line(string line)
    {
        line = Kid().Replace(line, "(<kid>)");
        line = Late().Replace(line, "");
        line = Number().Replace(line, "#");
        line = Several().Replace(line, "#");
        line = Party().Replace(line, "# s the <party>");
        return Spaces().Replace(line, " ").Trim();
    }

    [GeneratedRegex(@"\([0-9a-f]{8}\)")]
    private static partial Regex Kid();

    /// <summary>What a slow machine adds.</summary>
    [GeneratedRegex(@" \([0-9,]+ ended on their way\)")]
    private static partial Regex Late();

    [GeneratedRegex("[0-9]+([.,][0-9]+)*")]
    private static partial Regex Number();

    [GeneratedRegex("#(, #)+")]
    private static partial Regex Several();

    /// <summary>Either may be the first to refuse.</summary>
    [GeneratedRegex(@"^\s+# s\s+the (service|verifier)")]
    private static partial Regex Party();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
