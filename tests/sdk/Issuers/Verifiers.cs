using Tumbler.Tests.Clock;

namespace Tumbler.Client.Tests.Issuers;

/// <summary>The library's entrance, on a clock of the test's.</summary>
internal static class Verifiers
{
    public static readonly DateTimeOffset Noon = new(2027, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public static TumblerOptions Options(string issuer, Action<TumblerOptions>? change = null)
    {
        var options = new TumblerOptions { Issuer = issuer, Audience = { TestClaims.Audience } };
        change?.Invoke(options);
        return options;
    }

    /// <summary>Everything but the limits of HTTP goes by the manual clock.</summary>
    public static TumblerTokens Of(TestIssuer issuer, ManualClock clock, Action<TumblerOptions>? change = null, LogLines? log = null, TimeSpan? limit = null) =>
        new(Options(issuer.Url, change), clock, clock, limit ?? TimeSpan.FromSeconds(10), log ?? new LogLines());
}
