using System.Diagnostics;
using Tumbler.Client;

namespace Tumbler.Bench.Sdk;

/// <summary>What a service pays for verifying a token beside the check of its signature, which nobody can do without.</summary>
internal static class SdkPaths
{
    private const int WarmUpSeconds = 3;

    /// <summary>Some milliseconds: whatever disturbs the machine disturbs both.</summary>
    private const int InTurn = 64;

    public static Task<Comparison> Es256(BenchOptions options) => Measure("ES256", options);

    public static Task<Comparison> Rs256(BenchOptions options) => Measure("RS256", options);

    private static async Task<Comparison> Measure(string algorithm, BenchOptions options)
    {
        using var signed = new SignedTokens(algorithm, TimeProvider.System.GetUtcNow());
        using var published = new PublishedKeySet(signed.KeySet);
        await using var tokens = new TumblerTokens(new TumblerOptions
        {
            Issuer = SignedTokens.Issuer, Audience = { SignedTokens.Audience }, JwksUrl = published.Url, KillList = false,
        });
        await Round(signed, tokens, TimeSpan.FromSeconds(WarmUpSeconds));

        var comparison = new Comparison("SDK", $".NET {algorithm}");
        for (var round = 0; round < options.Rounds; round++)
        {
            var (ours, theirs) = await Round(signed, tokens, TimeSpan.FromSeconds(2 * options.Seconds));
            comparison.Add(ours, theirs);
        }

        return comparison;
    }

    /// <summary>On every core, each taking turns.</summary>
    private static async Task<(double Ours, double Theirs)> Round(SignedTokens signed, TumblerTokens tokens, TimeSpan time)
    {
        var rates = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(core => Task.Run(() => Worker(signed, tokens, core, time))));
        return (rates.Sum(rate => rate.Ours), rates.Sum(rate => rate.Theirs));
    }

    private static async Task<(double Ours, double Theirs)> Worker(SignedTokens signed, TumblerTokens tokens, int core, TimeSpan time)
    {
        var (raw, running, turns) = (signed.RawCheck(), Stopwatch.StartNew(), 0);
        var (ours, theirs) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var n = core * InTurn; running.Elapsed < time; n += InTurn, turns++)
        {
            var began = running.Elapsed;
            for (var i = n; i < n + InTurn; i++)
            {
                var result = await tokens.VerifyAsync(signed.Texts[i % signed.Texts.Count]);
                if (!result.IsValid)
                    throw new InvalidOperationException($"A good token was refused: {result.Fault}.");
            }

            var between = running.Elapsed;
            for (var i = n; i < n + InTurn; i++)
            {
                if (!raw(i % signed.Raw.Count))
                    throw new InvalidOperationException("A good signature was refused.");
            }

            (ours, theirs) = (ours + between - began, theirs + running.Elapsed - between);
        }

        return (turns * InTurn / ours.TotalSeconds, turns * InTurn / theirs.TotalSeconds);
    }
}
