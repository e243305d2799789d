using System.Globalization;
using System.Text.RegularExpressions;

namespace Tumbler.Bench.Tests;

/// <summary>That the benchmarks run and say what they should. How fast anything is, no test asserts: the machine that runs
/// this has other things to do.</summary>
public sealed partial class BenchRunTests
{
    [Fact]
    public async Task A_path_ends_with_its_ratio_and_the_exit_status_says_whether_that_is_above_the_floor()
    {
        var (status, output, errors) = await Run("commits", "--rounds", "1", "--seconds", "1");

        var lines = output.TrimEnd().Split('\n');
        var ratio = RatioLine().Match(lines[^1]);
        Assert.True(ratio.Success, output + errors);
        var value = double.Parse(ratio.Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.True(value > 0, output);
        Assert.Equal(value >= 0.40 ? 0 : 1, status);
        Assert.Contains(lines, line => line.StartsWith("store: median ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("pgbench: median ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no-such-path")]
    [InlineData("commits", "--rounds")]
    [InlineData("commits", "--rounds", "0")]
    [InlineData("commits", "--seconds", "-1")]
    public async Task What_it_can_not_run_it_says_with_what_it_can(params string[] arguments)
    {
        var (status, output, errors) = await Run(arguments);

        Assert.Equal(64, status);
        Assert.Empty(output);
        Assert.Matches(@"^usage: .* paths: token-es256, token-rs256, jwks, api-key-verify, commits, cluster-jwks, cluster-token, cluster-verify, headers, flood, cli-start, cli-start-tool, sdk-verify-es256, sdk-verify-rs256, telemetry, scrape, p99-token-es256, p99-jwks, p99-api-key-verify, start, idle-memory, token-allocation, full-collections\n$", errors);
    }

    private static Task<(int Status, string Output, string Errors)> Run(params string[] arguments) => BenchProgram.Run(arguments);

    [GeneratedRegex("^ratio commits ([0-9]+\\.[0-9]{2}) floor 0\\.40 reach 0\\.60$")]
    private static partial Regex RatioLine();
}
