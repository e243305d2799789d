using Spectre.Console;
using Tumbler.Cli.Terminals;
using Table = Tumbler.Cli.Terminals.Table;

namespace Tumbler.Cli.Doctor;

/// <summary>The report as people read it: all that was looked at, then each finding with what to do.</summary>
internal static class ReportText
{
    public static void Print(Terminal terminal, Report report, IReadOnlyList<Examined> examined)
    {
        var table = new Table("check", "result", "seen");
        foreach (var each in examined)
            table.Row(each.Check, new Cell(each.Result, StyleOf(each.Result)), each.Findings.Count > 0 ? string.Join(", ", each.Findings.Select(finding => finding.Name).Distinct()) : each.Seen);
        terminal.Table(table);
        foreach (var finding in report.Findings)
        {
            terminal.Line();
            Line(terminal, finding.Severity, $"{finding.Severity} {finding.Name}: {finding.Problem}");
            terminal.Line($"  why   {finding.Why}");
            terminal.Line($"  mend  {finding.Mend}");
        }

        terminal.Line();
        Line(terminal, report.Result, Summary(report, examined));
    }

    /// <summary>In the colour of its result, where there is colour.</summary>
    private static void Line(Terminal terminal, string result, string text)
    {
        if (terminal.HasColor)
            terminal.Output.WriteLine($"\e[{(result switch { Examined.Ok => 32, "warning" => 33, _ => 31 })}m{PlainText.Of(text)}\e[0m");
        else
            terminal.Line(text);
    }

    private static string Summary(Report report, IReadOnlyList<Examined> examined)
    {
        var left = examined.Count(each => each.Result == Examined.NotLookedAt);
        var rest = left == 0 ? "" : left == 1 ? " One thing was not looked at." : $" {left} things were not looked at{(examined.Any(each => each is { Check: "credential", Result: Examined.NotLookedAt }) ? ": there is no credential (`tumbler login`)" : "")}.";
        var (failures, warnings) = (report.Findings.Count(each => each.Severity == "failure"), report.Findings.Count(each => each.Severity == "warning"));
        return (report.Result == Examined.Ok ? "All is well." : $"{Number(failures, "failure")}, {Number(warnings, "warning")}.") + rest;
    }

    private static string Number(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static Style? StyleOf(string result) => result switch
    {
        Examined.Ok => Cell.Good,
        "warning" => Cell.Warning,
        "failure" => Cell.Bad,
        _ => Cell.Quiet,
    };
}
