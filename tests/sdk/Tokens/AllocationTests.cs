using Tumbler.Client.Tests.Issuers;
using Tumbler.Tests.Clock;

namespace Tumbler.Client.Tests.Tokens;

public sealed class AllocationTests
{
    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    public async Task A_token_takes_less_than_two_kibibytes_when_the_keys_are_there(string algorithm)
    {
        var clock = new ManualClock(Verifiers.Noon);
        await using var issuer = await TestIssuer.Start(TestKey.New(algorithm));
        await using var tokens = Verifiers.Of(issuer, clock);
        var token = issuer.Token(clock.Now, "orders:read orders:write invoices:read");
        Assert.True((await tokens.VerifyAsync(token)).IsValid);

        var perToken = Measure(tokens, token);

        TestContext.Current.TestOutputHelper!.WriteLine($"{algorithm}: {perToken} bytes per token");
        Assert.InRange(perToken, 1, 2047);
    }

    private static long Measure(TumblerTokens tokens, string token)
    {
        const int times = 1_000;
        Run(tokens, token, times);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(tokens, token, times);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / times;
    }

    private static void Run(TumblerTokens tokens, string token, int times)
    {
        for (var n = 0; n < times; n++)
        {
            var verifying = tokens.VerifyAsync(token);
            if (!verifying.IsCompletedSuccessfully || !verifying.Result.IsValid)
                Assert.Fail("It was good before, and nothing has to be waited for.");
        }
    }
}
