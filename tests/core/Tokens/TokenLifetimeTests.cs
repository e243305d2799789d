using Tumbler.Core.Tokens;

namespace Tumbler.Core.Tests.Tokens;

public sealed class TokenLifetimeTests
{
    private static readonly DateTimeOffset Now = Samples.Now;
    private static readonly TimeSpan Wanted = TimeSpan.FromMinutes(5);

    /// <summary>Seconds from now until the key expires, and the lifetime in seconds that is left for a token.</summary>
    public static TheoryData<double, int?> Left => new()
    {
        { 86_400, 300 }, { 601, 300 }, { 600, 300 }, { 599, 299 }, { 330, 30 }, { 330.999, 30 }, { 329.999, null }, { 329, null },
        { 300, null }, { 299, null }, { 0, null }, { -86_400, null },
    };

    [Theory, MemberData(nameof(Left))]
    public void A_token_is_over_for_every_verifier_before_its_key_is(double keySeconds, int? expected) =>
        Assert.Equal(expected, TokenLifetime.At(Now, Wanted, Now.AddSeconds(keySeconds))?.Seconds);

    [Fact]
    public void A_lifetime_is_whole_seconds_and_never_begins_in_the_future()
    {
        var lifetime = TokenLifetime.At(Now.AddMilliseconds(999), TimeSpan.FromSeconds(90.9), Now.AddDays(1));

        Assert.Equal(new TokenLifetime(Now, Now.AddSeconds(90)), lifetime);
        Assert.Equal(90, lifetime!.Value.Seconds);
    }

    [Fact]
    public void An_instant_counts_whatever_its_offset()
    {
        var elsewhere = Now.ToOffset(TimeSpan.FromHours(9));

        Assert.Equal(TokenLifetime.At(Now, Wanted, Now.AddDays(1)), TokenLifetime.At(elsewhere, Wanted, elsewhere.AddDays(1)));
    }

    [Fact]
    public void No_combination_outlives_its_key_or_its_wish()
    {
        var chance = new Random(20260301);
        for (var i = 0; i < 10_000; i++)
        {
            var now = Now.AddMilliseconds(chance.Next(100_000_000));
            var wanted = TokenLifetime.Minimum + TimeSpan.FromMilliseconds(chance.Next(4_000_000));
            var keyExpiresAt = now.AddMilliseconds(chance.Next(-1_000_000, 5_000_000));

            if (TokenLifetime.At(now, wanted, keyExpiresAt) is not { } lifetime)
            {
                Assert.True(keyExpiresAt - TokenLifetime.VerifierSkew - now < TokenLifetime.Minimum);
                continue;
            }

            Assert.True(lifetime.ExpiresAt + TokenLifetime.VerifierSkew <= keyExpiresAt);
            Assert.True(lifetime.ExpiresAt <= now + wanted);
            Assert.True(lifetime.IssuedAt <= now && now - lifetime.IssuedAt < TimeSpan.FromSeconds(1));
            Assert.True(lifetime.Seconds >= TokenLifetime.Minimum.TotalSeconds);
            Assert.Equal(0, lifetime.ExpiresAt.Ticks % TimeSpan.TicksPerSecond);
        }
    }

    [Fact]
    public void A_wish_below_the_minimum_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenLifetime.At(Now, TimeSpan.FromSeconds(29), Now.AddDays(1)));
}
