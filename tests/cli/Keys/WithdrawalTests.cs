using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Keys;

public sealed class WithdrawalTests(RunningServer server) : ScriptTests(server)
{
    private const string Answer = """
        ring          {0}
        effective at  <time>
        signing kid   <id>
        keys          {1}
        next switch   {2}
        """;

    [Fact]
    public async Task A_tainted_key_signs_no_more_and_still_verifies()
    {
        var kid = await SigningKeyOf("tainted");

        (await Admin.Typing($"{kid[..8]}\n").Run($"keys taint {kid} --ring tainted --reason drill")).Is(
            0, Is("tainted", 3), $"Key <id> of ring tainted will not sign any more. That can't be undone. Type {kid[..8]} to go on: ", errorsEndLine: false);

        Assert.Contains($"{kid}  ES256  retired, tainted  bootstrap", (await Given("keys list --ring tainted")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_is_gone()
    {
        var kid = await SigningKeyOf("stolen");

        (await Admin.Run($"keys revoke {kid} --ring stolen --yes")).Is(0, Is("stolen", 1));

        // How wide the column is depends on the key that follows, which is made after the answer.
        Assert.Matches($"{kid}  ES256  revoked +bootstrap", (await Given("keys list --ring stolen")).Output);
    }

    [Theory]
    [InlineData("taint")]
    [InlineData("revoke")]
    public async Task A_key_that_is_not_there_is_refused(string verb) =>
        (await Admin.Run($"keys {verb} 0b6a1f0e-6d0b-4c57-9f0e-2f5b7a1c9d3e --yes")).Is(2, "", "tumbler: There is no signing key '<id>'.");

    [Theory]
    [InlineData("taint")]
    [InlineData("revoke")]
    public async Task What_is_no_kid_is_an_error_of_usage(string verb) => (await Admin.Run($"keys {verb} newest --yes")).Is(64, "", $"""
        tumbler: 'newest' is not an id: a UUID in lower case.
        Try: tumbler keys {verb} --help
        """);

    private static string Is(string ring, int keys) =>
        Answer.Replace("{0}", ring, StringComparison.Ordinal).Replace("{1}", $"{keys}", StringComparison.Ordinal)
            .Replace("{2}", keys > 1 ? "<time>" : "-", StringComparison.Ordinal);

    private async Task<string> SigningKeyOf(string ring)
    {
        var made = await Given($"rings put {ring} --algorithm ES256 --json");
        return made.Document().GetProperty("status").GetProperty("signing_kid").GetString()!;
    }
}
