using System.Text.RegularExpressions;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Doctor;
using Tumbler.Cli.ServerPrograms;
using Tumbler.Cli.Tests.Commands;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Doctor;

/// <summary>What doctor tells people to type.</summary>
public sealed partial class MendingTests
{
    private static readonly Finding[] All =
    [
        .. ExaminationTests.Findings,
        .. Inside(0, "  A:Setting: is doubtful"), .. Inside(75, "  A:Server: can't be reached"), .. Inside(64, "There is no such command."),
        .. Inside(78, "  A:Setting: is wrong\n  A:Database: run the command migrate with the role that owns the tables"),
    ];

    [Fact]
    public void Every_command_line_is_one_that_the_program_takes()
    {
        var lines = All.SelectMany(finding => Quoted().Matches(finding.Mend), (finding, quoted) => (finding.Name, Line: quoted.Groups[1].Value)).Distinct().ToArray();

        Assert.InRange(lines.Length, 12, int.MaxValue);
        Assert.All(lines, each =>
        {
            var words = HelpTests.Tree().Parse(each.Line.Split(' ')[1..]);
            Assert.True(words.Errors.Count == 0, $"{each.Name}: {each.Line}: {string.Join(' ', words.Errors.Select(error => error.Message))}");
            Assert.True(words.CommandResult.Command is Verb || each.Line == "tumbler --version", $"{each.Name}: {each.Line}");
        });
    }

    /// <summary>A command is between back quotes, as everywhere; else the test above does not see it, and no reader sees where it ends.</summary>
    [Fact]
    public void None_stands_there_without_its_quotes() =>
        Assert.All(All, finding => Assert.DoesNotContain("tumbler ", Quoted().Replace(finding.Mend, ""), StringComparison.Ordinal));

    [Fact]
    public void No_finding_that_the_documentation_names_is_left_out_here()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli-operations.md"));
        var named = FindingRow().Matches(page[page.IndexOf("| name | what it found |", StringComparison.Ordinal)..])
            .SelectMany(row => row.Groups[1].Value.Split(", ")).Select(name => name.Trim('`'));

        Assert.Equal(named.Order(StringComparer.Ordinal), All.Select(finding => finding.Name).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<Finding> Inside(int code, string lines) => SettingsCheck.Of(new ServerWord(code, lines, lines)).Findings;

    [GeneratedRegex("`(tumbler [^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\| ((?:`[a-z-]+`(?:, )?)+) \| ", RegexOptions.Multiline)]
    private static partial Regex FindingRow();
}
