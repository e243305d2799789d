using System.Reflection;
using System.Text.RegularExpressions;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Drawing;
using Tumbler.Cli.Tests.Commands;
using Tumbler.Cli.Tests.Drawing;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests;

/// <summary>What docs/cli.md says is what the program does.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));

    [Fact]
    public void Every_exit_code_stands_in_its_table_and_no_other() => Assert.Equal(
        typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (int)code.GetValue(null)!).Order(),
        CodeRow().Matches(Text).Select(row => int.Parse(row.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Every_command_stands_in_its_table_and_no_other() => Assert.Equal(
        HelpTests.Verbs().Select(UsageError.NameOf).Order(StringComparer.Ordinal),
        CommandRow().Matches(Text).SelectMany(row => Names(row.Groups[1].Value)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_drawing_is_what_is_drawn() => Assert.Contains(
        string.Join('\n', KeyTimeLine.Draw(KeyTimeLineTests.Steady, KeyTimeLineTests.Noon, 80)), Text, StringComparison.Ordinal);

    /// <summary><c>rings list, show</c> are two, and <c>login`, `logout</c> too.</summary>
    private static IEnumerable<string> Names(string cell)
    {
        foreach (var group in cell.Split("`, `"))
        {
            var words = group.Split(' ', 2);
            foreach (var verb in words is [_, var verbs] ? verbs.Split(", ") : [""])
                yield return $"tumbler {words[0]} {verb}".TrimEnd();
        }
    }

    [GeneratedRegex(@"^\| ([0-9]+) \| ", RegexOptions.Multiline)]
    private static partial Regex CodeRow();

    [GeneratedRegex(@"^\| `([a-z][^|]*)` \| [a-z]", RegexOptions.Multiline)]
    private static partial Regex CommandRow();
}
