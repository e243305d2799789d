using Tumbler.Core.Tokens;

namespace Tumbler.Core.Tests.Tokens;

public sealed class AccessTokenExpectationsTests
{
    [Fact]
    public void The_skew_is_30_seconds_unless_said_otherwise() =>
        Assert.Equal(TimeSpan.FromSeconds(30), new AccessTokenExpectations("https://issuer.example").Skew);

    [Theory, InlineData(0), InlineData(60)]
    public void A_skew_up_to_a_minute_is_accepted(int seconds) =>
        Assert.Equal(seconds, new AccessTokenExpectations("i", null, TimeSpan.FromSeconds(seconds)).Skew.TotalSeconds);

    [Theory, InlineData(-1), InlineData(61), InlineData(300)]
    public void Any_other_skew_is_refused(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AccessTokenExpectations("i", null, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void An_issuer_is_always_expected() => Assert.Throws<ArgumentException>(() => new AccessTokenExpectations(""));
}
