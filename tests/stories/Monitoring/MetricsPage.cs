using System.Globalization;
using System.Text.RegularExpressions;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Monitoring;

/// <summary>What a silo says at <c>/metrics</c>.</summary>
internal sealed partial class MetricsPage(string text)
{
    public string Text => text;

    /// <summary>By name: type and meaning.</summary>
    public IReadOnlyDictionary<string, (string Type, string Meaning)> Families { get; } =
        Family().Matches(text).ToDictionary(match => match.Groups[1].Value, match => (match.Groups[3].Value, match.Groups[2].Value));

    public static async Task<MetricsPage> Of(SiloProcess silo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/metrics", UriKind.Relative));
        request.Headers.Add("X-Admin-Key", silo.Home.AdminKey);
        using var answer = await silo.Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return new MetricsPage(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Of a metric without labels.</summary>
    public double Value(string name) => double.Parse(
        text.Split('\n').Single(line => line.StartsWith($"{name} ", StringComparison.Ordinal)).AsSpan(name.Length), CultureInfo.InvariantCulture);

    /// <summary>The names of labels that series of this metric have.</summary>
    public IEnumerable<string> Labels(string family) => Series().Matches(text)
        .Where(match => MonitoringFiles.Family(match.Groups[1].Value) == family)
        .SelectMany(match => LabelName().Matches(match.Groups[2].Value))
        .Select(match => match.Groups[1].Value)
        .Where(label => label != "le")
        .Distinct();

    [GeneratedRegex("^# HELP (\\S+) (.*)\n# TYPE \\S+ (\\S+)$", RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex("^([a-z_]+)\\{(.*)\\} ", RegexOptions.Multiline)]
    private static partial Regex Series();

    [GeneratedRegex("([a-z_]+)=\"")]
    private static partial Regex LabelName();
}
