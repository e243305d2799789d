using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Rings;

public sealed class RotateRingsTests(RunningServer server) : ScriptTests(server)
{
    private const string Answer = """
        ring          {0}
        effective at  <time>
        signing kid   <id>
        keys          {1}
        next switch   <time>
        """;

    [Theory]
    [InlineData("rings rotate turned", "turned")]
    [InlineData("keys rotate --ring turning", "turning")]
    public async Task Immediately_the_next_key_signs_now(string words, string ring)
    {
        await Given($"rings put {ring} --algorithm ES256");
        var next = (await Given($"keys list --ring {ring} --json")).Document().GetProperty("items")[0].GetProperty("kid").GetString();

        (await Admin.Run($"{words} --mode immediate --reason drill")).Is(0, Answer.Replace("{0}", ring, StringComparison.Ordinal).Replace("{1}", "3", StringComparison.Ordinal));

        Assert.Contains($"signing kid   {next}\n", (await Given($"rings show {ring}")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gracefully_it_says_from_when_on()
    {
        await Given("rings put graceful --algorithm ES256");

        var rotated = (await Admin.Run("rings rotate graceful --json")).Document();

        Assert.True(rotated.GetProperty("effective_at").GetDateTimeOffset() > rotated.GetProperty("last_rotation").GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task There_is_no_third_way() => (await Admin.Run("rings rotate default --mode sudden")).Is(64, "", """
        tumbler: --mode must be graceful or immediate.
        Try: tumbler rings rotate --help
        """);

    [Fact]
    public async Task A_ring_that_is_not_there_is_refused() =>
        (await Admin.Run("rings rotate nowhere")).Is(2, "", "tumbler: There is no ring 'nowhere'.");
}
