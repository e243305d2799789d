namespace Tumbler.Bench.Tests.Micro;

public sealed class MicroRunTests
{
    [Fact]
    public async Task Operations_are_timed_with_what_they_allocate()
    {
        var (status, output, errors) = await BenchProgram.Run("micro", "--dry", "jwks-write", "api-key-match");

        Assert.True(status == 0, output + errors);
        Assert.Matches(@"\| Method +\| Operation +\| .*Mean .*\| Allocated \|", output);
        Assert.Matches(@"\| Run +\| api-key-match +\| +[\d.,]+ [mun]?s \|", output);
        Assert.Matches(@"\| Run +\| jwks-write +\| +[\d.,]+ [mun]?s \|", output);
    }

    [Theory]
    [InlineData("no-such-operation")]
    [InlineData("--costs", "jwks-write")]
    public async Task What_it_can_not_measure_it_says_with_what_it_can(params string[] arguments)
    {
        var (status, output, errors) = await BenchProgram.Run(["micro", .. arguments]);

        Assert.Equal((64, ""), (status, output));
        Assert.Matches("^usage: bench/micro .* operations: sign-es256, .*token-unsigned, .*apply-organization\n$", errors);
    }
}
