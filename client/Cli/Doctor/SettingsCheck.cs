using Tumbler.Cli.ServerPrograms;

namespace Tumbler.Cli.Doctor;

/// <summary>What the server program says of settings (<c>check</c>), as findings: it has the rules.</summary>
internal static class SettingsCheck
{
    private const int Wrong = 78, MayPass = 75;

    public static Examined Of(ServerWord word) => word.ExitCode switch
    {
        0 => Examined.Of("settings", "a start would take them", [.. Lines(word.Output).Select(Doubtful)]),
        Wrong => Examined.Of("settings", "a start would refuse them", [.. Lines(word.Errors).Select(Refused)]),
        MayPass => Examined.Of("settings", "a start would end for now", [.. Lines(word.Errors).Select(Away)]),
        _ => Examined.Of("settings", null,
        [
            Finding.Failure(
                "check-failed", $"The server program ended with {word.ExitCode} and said: {word.Errors.Trim()}", "Its settings are not known to be right.",
                "Is it of the same version as this program? `tumbler --version`, and docs/cli-operations.md"),
        ]),
    };

    private static Finding Doubtful(string line) => Finding.Warning(
        "setting-doubtful", line, "The server starts with it, and says the same in its log.", "Change it, or know why not: docs/configuration.md");

    /// <summary>By what the program says is to be done; every other one is called by its own name in the problem.</summary>
    private static Finding Refused(string line) => line.Contains("run the command migrate", StringComparison.Ordinal)
        ? Finding.Failure("database-not-migrated", line, "The server does not start.", "`tumbler migrate`, with the connection string of the role that owns the tables")
        : Finding.Failure("setting-wrong", line, "The server does not start, and a running one does not take up a change.", "Mend the setting of that name: docs/configuration.md");

    private static Finding Away(string line) => Finding.Failure(
        "dependency-away", line, "The server does not start until it answers; one that runs serves what it knows.", "Start what is named above, or mend the way to it; then ask again.");

    /// <summary>A setting a line, indented; what belongs to the line before is indented further.</summary>
    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("    ", StringComparison.Ordinal) && lines.Count > 0)
                lines[^1] += $" {line.Trim()}";
            else if (line.StartsWith("  ", StringComparison.Ordinal))
                lines.Add(line.Trim());
        }

        return lines;
    }
}
