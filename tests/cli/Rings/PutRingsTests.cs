using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Rings;

public sealed class PutRingsTests(RunningServer server) : ScriptTests(server)
{
    [Fact]
    public async Task It_makes_a_ring_and_changes_it()
    {
        await Given("rings put made --algorithm PS256 --rsa-bits 3072");
        Assert.Contains("algorithm     PS256, 3072 bits\n", (await Given("rings show made")).Output, StringComparison.Ordinal);

        var changed = (await Given("rings put made --interval 26h --validity 30h --json")).Document().GetProperty("policy");

        Assert.Equal(("PS256", "PT26H"), (changed.GetProperty("algorithm").GetString(), changed.GetProperty("interval").GetString()));
    }

    [Fact]
    public async Task A_lead_that_is_too_short_is_refused_unless_it_is_allowed()
    {
        var refused = await Admin.Run("rings put hasty --lead 1h");

        Assert.Equal((2, ""), (refused.Code, refused.Output));
        Assert.StartsWith("tumbler: lead ", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("lead          PT1H, short ones are allowed\n", (await Given("rings put hasty --lead 1h --allow-short-lead")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_algorithm_that_nobody_signs_with_is_refused()
    {
        var refused = await Admin.Run("rings put broken --algorithm HS256");

        Assert.Equal((2, ""), (refused.Code, refused.Output));
        Assert.StartsWith("tumbler: algorithm must be one of RS256, ", refused.Errors, StringComparison.Ordinal);
    }
}
