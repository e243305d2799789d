using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Rings;

public sealed class PutRingsTests(RunningServer server) : ScriptTests(server)
{
    [Fact]
    public async Task It_makes_a_ring_and_changes_it()
    {
        await Given("rings put made --algorithm PS384 --rsa-bits 2048");
        Assert.Contains("algorithm     PS384, 2048 bits\n", (await Given("rings show made")).Output, StringComparison.Ordinal);

        var changed = (await Given("rings put made --interval 26h --validity 30h --json")).Document().GetProperty("policy");

        Assert.Equal(("PS384", "PT26H"), (changed.GetProperty("algorithm").GetString(), changed.GetProperty("interval").GetString()));
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
    public async Task An_algorithm_or_a_size_that_nobody_signs_with_is_refused()
    {
        var (algorithm, bits) = (await Admin.Run("rings put broken --algorithm HS256"), await Admin.Run("rings put broken --rsa-bits 1024"));

        Assert.Equal((2, "", 2, ""), (algorithm.Code, algorithm.Output, bits.Code, bits.Output));
        Assert.StartsWith("tumbler: algorithm must be one of RS256, ", algorithm.Errors, StringComparison.Ordinal);
        Assert.StartsWith("tumbler: rsa_bits ", bits.Errors, StringComparison.Ordinal);
    }
}
