using Tumbler.Cli.Doctor;
using Tumbler.Cli.ServerPrograms;

namespace Tumbler.Cli.Tests.Doctor;

public sealed class SettingsCheckTests
{
    [Fact]
    public void A_start_that_would_be_is_well() => Assert.Equal(
        ("ok", 0), Of(new ServerWord(0, "The settings are right.\n", "")));

    [Fact]
    public void Every_line_of_the_list_is_a_finding_with_what_belongs_to_it()
    {
        var examined = SettingsCheck.Of(new ServerWord(78, "", """
            Tumbler can't start: 3 settings are wrong.
              Engine:Knid: unknown setting
              Rings:default:Lead: must be longer.
                Time line of a key
              Storage:Postgres:ConnectionString: Database 'x' has no schema, and version 10 is needed; run the command migrate with the role that owns the tables.

            """));

        Assert.Equal(
            [
                ("setting-wrong", "Engine:Knid: unknown setting"),
                ("setting-wrong", "Rings:default:Lead: must be longer. Time line of a key"),
                ("database-not-migrated", "Storage:Postgres:ConnectionString: Database 'x' has no schema, and version 10 is needed; run the command migrate with the role that owns the tables."),
            ],
            examined.Findings.Select(finding => (finding.Name, finding.Problem)));
    }

    [Theory]
    [InlineData(0, "The settings are right, with one warning.\n  Admin:Key_FILE: everybody may read it\n", "", "setting-doubtful")]
    [InlineData(75, "", "Tumbler can't start now; later it may.\n  Storage:Postgres:ConnectionString: Database 'x' can't be reached.\n", "dependency-away")]
    [InlineData(64, "", "There is no such command.\n", "check-failed")]
    public void How_it_ends_says_what_kind_it_is(int code, string output, string errors, string name) =>
        Assert.Equal(name, Assert.Single(SettingsCheck.Of(new ServerWord(code, output, errors)).Findings).Name);

    private static (string Result, int Findings) Of(ServerWord word)
    {
        var examined = SettingsCheck.Of(word);
        return (examined.Result, examined.Findings.Count);
    }
}
