using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Rings;

public sealed class RevokeRingTests(RunningServer server) : ScriptTests(server)
{
    [Fact]
    public async Task Whoever_types_its_name_revokes_every_key_of_a_ring()
    {
        await Given("rings put lost --algorithm ES256");

        (await Admin.Typing("lost\n").Run("rings revoke lost --reason drill")).Is(0, """
            ring          lost
            effective at  <time>
            signing kid   <id>
            keys          1
            next switch   -
            """, "Every key of ring lost will be revoked, and every token of its issuer refused. That can't be undone. Type lost to go on: ", errorsEndLine: false);

        // The next one is made when the answer is on its way.
        string[] states;
        do
            states = await States("lost");
        while (states.Length < 4);
        Assert.Equal(["published", "signing", "revoked", "revoked"], states);
    }

    [Fact]
    public async Task With_yes_nobody_is_asked()
    {
        await Given("rings put gone --algorithm ES256");

        Assert.Equal("gone", (await Admin.Run("rings revoke gone --yes --json")).Document().GetProperty("ring").GetString());
    }

    [Fact]
    public async Task A_ring_that_is_not_there_is_refused() =>
        (await Admin.Run("rings revoke nowhere --yes")).Is(2, "", "tumbler: There is no ring 'nowhere'.");

    private async Task<string[]> States(string ring) =>
        [.. (await Given($"keys list --ring {ring} --json")).Document().GetProperty("items").EnumerateArray().Select(key => key.GetProperty("state").GetString()!)];
}
