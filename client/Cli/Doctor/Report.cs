namespace Tumbler.Cli.Doctor;

/// <summary>What <c>tumbler doctor --json</c> prints.</summary>
/// <param name="Server">Null when only settings were looked at.</param>
/// <param name="Result"><c>ok</c>, <c>warning</c> or <c>failure</c>: the worst of all.</param>
internal sealed record Report(string? Server, string Result, IReadOnlyList<Examined> Checks, IReadOnlyList<Report.Item> Findings)
{
    internal sealed record Item(string Name, string Severity, string Problem, string Why, string Mend);

    public static Report Of(string? server, IReadOnlyList<Examined> examined)
    {
        var findings = examined.SelectMany(each => each.Findings).OrderByDescending(finding => finding.Severity).ToArray();
        return new Report(
            server,
            findings.Length == 0 ? Examined.Ok : Word(findings[0].Severity),
            examined,
            [.. findings.Select(each => new Item(each.Name, Word(each.Severity), each.Problem, each.Why, each.Mend))]);
    }

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();
}
