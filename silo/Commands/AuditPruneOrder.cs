using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tumbler.Silo.Commands;

/// <summary>What <c>audit prune</c> was asked to do.</summary>
/// <param name="Archive">Full path of the export's folder.</param>
/// <param name="Before">The first instant that is kept.</param>
/// <param name="Settings">The arguments that are settings.</param>
internal sealed record AuditPruneOrder(string Archive, DateTimeOffset Before, bool DryRun, IReadOnlyList<string> Settings)
{
    public const string Operands = "--archive <export folder> --before <YYYY-MM-DD> [--dry-run] [--Section:Key value …]";

    private const string ArchiveOption = "--archive";
    private const string BeforeOption = "--before";
    private const string DryRunOption = "--dry-run";

    public static bool TryParse(
        CommandCall call, DateTimeOffset now, [NotNullWhen(true)] out AuditPruneOrder? order, [NotNullWhen(false)] out string? problem)
    {
        order = null;
        var (own, settings, dryRun) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<string>(), false);
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var argument = call.Arguments[i];
            if (argument == DryRunOption)
            {
                dryRun = true;
            }
            else if (argument is ArchiveOption or BeforeOption)
            {
                if (i + 1 == call.Arguments.Count || !own.TryAdd(argument, call.Arguments[++i]))
                    return Refuse($"{argument} must be given once, with a value.", out problem);
            }
            else if (argument.StartsWith("--", StringComparison.Ordinal) && !argument.Contains(':', StringComparison.Ordinal) && !IsEnvironment(argument))
            {
                // A misspelt option would else be a setting that nobody reads, and its absence a pruning that nobody wanted.
                return Refuse($"There is no option {argument.Split('=')[0]}.", out problem);
            }
            else
            {
                settings.Add(argument);
            }
        }

        if (!own.TryGetValue(ArchiveOption, out var archive) || archive.Length == 0)
            return Refuse($"{ArchiveOption} is required: the folder of a completed export of the whole log.", out problem);
        archive = Path.GetFullPath(archive, call.Directory);
        if (!Directory.Exists(archive))
            return Refuse($"{ArchiveOption}: there is no folder '{archive}'.", out problem);
        if (!own.TryGetValue(BeforeOption, out var day) || !TryParseDay(day, out var before))
            return Refuse($"{BeforeOption} must be a day as YYYY-MM-DD, such as 2026-01-01; entries from that day on, in UTC, are kept.", out problem);
        if (before > now)
            return Refuse($"{BeforeOption} must not lie in the future; today in UTC is {now.UtcDateTime:yyyy-MM-dd}.", out problem);
        (order, problem) = (new AuditPruneOrder(archive, before, dryRun, settings), null);
        return true;
    }

    private static bool IsEnvironment(string argument) =>
        argument.Split('=')[0].Equals("--environment", StringComparison.OrdinalIgnoreCase);

    private static bool TryParseDay(string text, out DateTimeOffset day)
    {
        var parsed = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        day = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
        return parsed;
    }

    private static bool Refuse(string reason, out string problem)
    {
        problem = reason;
        return false;
    }
}
