using System.Text.RegularExpressions;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Keys;

public sealed class ListKeysTests(RunningServer server) : ScriptTests(server)
{
    private const string Rows = """

        NO  KID                                   ALG    STATE      ORIGIN     UNTIL
        3   <id>  ES256  published  scheduled  <time>
        2   <id>  ES256  signing    immediate  <time>
        1   <id>  ES256  retired    bootstrap  <time>

        """;

    [Fact]
    public async Task Below_a_drawing_it_lists_the_keys()
    {
        await Given("rings put drawn --algorithm ES256");
        await Given("rings rotate drawn --mode immediate");

        var said = await (Admin with { Width = 80 }).With("LANG", "en_GB.UTF-8").Run("keys list --ring drawn");

        Assert.Equal((0, ""), (said.Code, said.Errors));
        var lines = said.Output.Split('\n');
        Assert.Matches("^ {13}[┬─]*▼[┬─]*$", lines[1]);
        Assert.All(lines[..6], line => Assert.True(line.Length <= 80, line));
        Assert.Matches("^#1 [0-9a-f]{8}  .*─+$", lines[2]);
        Assert.Matches("^#2 [0-9a-f]{8}  █+─+$", lines[3]);
        Assert.Matches("^#3 [0-9a-f]{8}  ·+█+─+$", lines[4]);
        Assert.EndsWith(Rows, Said.Normal(said.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_unicode_it_draws_in_ascii()
    {
        var said = await Admin.Run("keys list");

        Assert.Matches("\n#1 [0-9a-f]{8}  #+-+\n", said.Output);
        Assert.Matches(Ascii, said.Output);
    }

    [Fact]
    public async Task On_a_terminal_it_draws_in_colour_unless_that_is_unwanted()
    {
        var terminal = Admin with { AtTerminal = true, Width = 100 };

        Assert.Contains("\e[38;5;2m", (await terminal.Run("keys list")).Output, StringComparison.Ordinal);
        foreach (var plain in (Script[])[terminal.With("NO_COLOR", "1"), terminal.With("TERM", "dumb")])
            Assert.Matches(Ascii, (await plain.Run("keys list")).Output);
        Assert.Matches(Ascii, (await terminal.Run("keys list --no-color")).Output);
    }

    [Fact]
    public async Task As_json_it_is_the_servers_answer() =>
        Assert.Equal(
            ["kid", "algorithm", "rotation_count", "origin", "state", "active", "created_at", "published_at", "activates_at", "signs_until", "expires_at", "tainted_at", "revoked_at", "reason", "private_key_destroyed_at"],
            (await Admin.Run("keys list --json")).Document().GetProperty("items")[0].EnumerateObject().Select(member => member.Name));

    [Fact]
    public async Task A_ring_that_is_not_there_is_refused() =>
        (await Admin.Run("keys list --ring nowhere")).Is(2, "", "tumbler: There is no ring 'nowhere'.");

    /// <summary>Nothing but what a teletype prints.</summary>
    private static readonly Regex Ascii = new(@"^[\n -~]*\z");
}
