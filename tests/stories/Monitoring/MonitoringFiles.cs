using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tumbler.Stories.Tests.Monitoring;

/// <summary>What stands in <c>deploy/monitoring</c> and in the documentation for those who watch.</summary>
internal sealed partial class MonitoringFiles(StoryRun run)
{
    public string Folder => Path.Combine(run.Root, "deploy", "monitoring");

    public string Rules => File.ReadAllText(Path.Combine(Folder, "alerts.yml"));

    public IReadOnlyList<string> Alerts => [.. AlertName().Matches(Rules).Select(match => match.Groups[1].Value)];

    /// <summary>By alert: the page that says what to do.</summary>
    public IReadOnlyDictionary<string, string> Runbooks =>
        RunbookOfAlert().Matches(Rules).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    /// <summary>The same rules for who can't wait: each fires after half a second, and looks five seconds back.</summary>
    public string HastyRules => LookBack().Replace(Waiting().Replace(Rules, "for: 500ms"), "[5s]");

    /// <summary>Every metric that a rule or a panel asks for; a histogram by its own name.</summary>
    public HashSet<string> Asked => [.. Expressions().SelectMany(text => MetricName().Matches(text)).Select(match => Family(match.Value))];

    /// <summary>The labels that rules and panels group by.</summary>
    public HashSet<string> GroupedBy =>
        [.. Expressions().SelectMany(text => Grouping().Matches(text)).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))];

    /// <summary>The panels as rules, which promtool can judge.</summary>
    public string PanelRules => "groups: [{name: panels, rules: [\n" + string.Join(",\n", Panels().Select((expression, n) =>
        FormattableString.Invariant($"{{record: panel:{n}, expr: '{expression.Replace("$__rate_interval", "1m", StringComparison.Ordinal)}'}}"))) + "]}]\n";

    /// <summary>The rows of the documentation's table: name, type, labels and meaning.</summary>
    public IReadOnlyList<(string Name, string Type, string[] Labels, string Meaning)> Documented =>
        [.. File.ReadLines(Path.Combine(run.Root, "docs", "telemetry.md"))
            .Select(line => DocumentedMetric().Match(line))
            .Where(match => match.Success)
            .Select(match => (
                match.Groups[1].Value, match.Groups[2].Value,
                match.Groups[3].Value.Split([' ', ',', '`'], StringSplitOptions.RemoveEmptyEntries), match.Groups[4].Value))];

    /// <summary>Without what a histogram's series have behind their name.</summary>
    public static string Family(string series) => HistogramPart().Replace(series, "");

    private IEnumerable<string> Expressions() => [Rules, .. Panels()];

    private List<string> Panels()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "dashboard.json")));
        return dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)
            .ToList();
    }

    [GeneratedRegex(@"alert: (\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"alert: (\w+)\n(?:(?!.*alert:).*\n)*? +runbook: (\S+)\n")]
    private static partial Regex RunbookOfAlert();

    [GeneratedRegex(@"\b(?:by|on) \(([a-z_, ]+)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"for: \w+")]
    private static partial Regex Waiting();

    [GeneratedRegex(@"\[\w+\]")]
    private static partial Regex LookBack();

    [GeneratedRegex(@"\b(?:tumbler|jwt|process|dotnet)_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"(?<=_seconds)_(?:bucket|sum|count)$")]
    private static partial Regex HistogramPart();

    [GeneratedRegex(@"^\| `((?:tumbler|jwt|process|dotnet)_[a-z_]+)` \| (counter|gauge|histogram) \|([^|]*)\| ([^|]*) \|$")]
    private static partial Regex DocumentedMetric();
}
