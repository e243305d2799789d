using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Rings;

public sealed class ShowRingTests(RunningServer server) : ScriptTests(server)
{
    [Fact]
    public async Task It_shows_a_ring_whole()
    {
        await Given("rings put shown --algorithm ES384 --interval 48h --validity 50h --lead 24h --max-token-lifetime 30m");

        (await Admin.Run("rings show shown")).Is(0, """
            ring          shown
            issuer        <server>/rings/shown
            created at    <time>
            algorithm     ES384
            interval      PT48H
            validity      PT50H
            lead          PT24H
            tokens live   PT30M at most
            policy from   requests
            signing kid   <id>
            keys          1
            rotations     0
            next switch   -
            last switch   <time>, bootstrap
            last failure  -
            owner         -
            """);
    }

    [Fact]
    public async Task As_json_it_is_the_servers_answer()
    {
        var ring = (await Admin.Run("rings show default --json")).Document();

        Assert.Equal(["ring", "issuer", "created_at", "policy", "status", "owner"], ring.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task A_ring_that_is_not_there_is_refused() =>
        (await Admin.Run("rings show nowhere")).Is(2, "", "tumbler: There is no ring 'nowhere'.");

    [Fact]
    public async Task What_can_not_be_a_ring_is_not_even_asked_for() => (await Admin.Run("rings", "show", "../keys")).Is(64, "", """
        tumbler: '../keys' is not a ring's id: a lower-case slug.
        Try: tumbler rings show --help
        """);
}
