using Tumbler.Client.Options;

namespace Tumbler.Client.Tests.Options;

public sealed class ShortDurationTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("24h", 86_400)]
    [InlineData("7d", 604_800)]
    [InlineData("PT30S", 30)]
    [InlineData("P1DT1H", 90_000)]
    [InlineData("PT1H30M", 5_400)]
    public void A_duration_is_read(string text, double seconds)
    {
        Assert.True(ShortDuration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("24:00:00")]
    [InlineData("-5m")]
    [InlineData("5m ")]
    [InlineData("5M")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("999999s")]
    [InlineData("٣s")]
    public void What_is_none_is_refused(string text) => Assert.False(ShortDuration.TryParse(text, out _));

    [Theory]
    [InlineData("0s")]
    [InlineData("500ms")]
    [InlineData("90s")]
    [InlineData("5m")]
    [InlineData("25h")]
    [InlineData("7d")]
    public void What_is_written_is_what_was_read(string text)
    {
        Assert.True(ShortDuration.TryParse(text, out var duration));
        Assert.Equal(text, ShortDuration.Format(duration));
    }
}
