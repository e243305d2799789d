using Tumbler.Contracts.Input;

namespace Tumbler.Contracts.Tests.Input;

public class DurationTests
{
    [Theory]
    [InlineData("PT24H", 86_400)]
    [InlineData("P7D", 604_800)]
    [InlineData("P1DT2H3M4S", 93_784)]
    [InlineData("PT90S", 90)]
    [InlineData("PT0S", 0)]
    [InlineData("PT5M1S", 301)]
    [InlineData("24h", 86_400)]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("7d", 604_800)]
    [InlineData("P999999DT999999H999999M999999S", 90_060_909_939)]
    public void Reads_the_iso_and_the_short_form(string text, long seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("PT5")]
    [InlineData("PT1H2H")]
    [InlineData("PT5M1H")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("P1W")]
    [InlineData("P1Y")]
    [InlineData("PT1.5H")]
    [InlineData("-PT1H")]
    [InlineData("pt1h")]
    [InlineData("24")]
    [InlineData("24H")]
    [InlineData("24:00:00")]
    [InlineData("1h30m")]
    [InlineData(" 24h")]
    [InlineData("24h\n")]
    [InlineData("PT1000000H")]
    [InlineData("PT١H")]
    [InlineData("٢٤h")]
    public void Refuses_what_has_no_single_meaning(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData(0, "PT0S")]
    [InlineData(90, "PT1M30S")]
    [InlineData(3_600, "PT1H")]
    [InlineData(604_800, "PT168H")]
    [InlineData(93_784, "PT26H3M4S")]
    public void Writes_a_form_that_reads_back_the_same(long seconds, string text)
    {
        Assert.Equal(text, Duration.Format(TimeSpan.FromSeconds(seconds)));
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }
}
