using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Protection;

[Collection(OperationsCollection.Name)]
public sealed class ProtectionTests(OperatedServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_shows_each_certificate_and_how_many_keys_need_it()
    {
        var said = await Run("protection show");

        Assert.Equal((0, ""), (said.Code, said.Errors));
        Assert.Matches("^SUBJECT +ROLE +UNTIL +KEYS +NEEDED BY +SHA-256\n.+ current +[-0-9: ]+Z +2 +2 +[0-9a-f]{64}\n$", said.Output);
        Assert.Equal(2, (await Run("protection show --json")).Document().GetProperty("keys").GetInt32());
    }

    [Fact]
    public async Task Rewrapping_says_what_it_did() => (await Run("protection rewrap")).Is(
        0, "0 private keys are encrypted anew, 2 were current, 0 could not be; 1 rings were looked through.");

    [Fact]
    public async Task Rewrapping_shows_at_a_terminal_that_it_works()
    {
        var said = await (Script.For(server, folder) with { AtTerminal = true, Width = 80 }).Run("protection rewrap --no-color");

        Assert.Equal(0, said.Code);
        Assert.Matches("^\rThe stored private keys are encrypted anew….*\r +\r$", said.Errors);
        Assert.Equal(1, (await Run("protection rewrap --json")).Document().GetProperty("rings").GetInt32());
    }

    private Task<Said> Run(string words) => Script.For(server, folder).Run(words);
}
