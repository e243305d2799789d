using Tumbler.Client.Outbound;

namespace Tumbler.Client.Tests.Outbound;

public sealed class TokenScheduleTests
{
    private static readonly TimeSpan Asked = TimeSpan.FromHours(7);

    [Theory]
    [InlineData(300.0, 0, 210, 290)]
    [InlineData(300.0, 1, 240, 290)]
    [InlineData(3600.0, 0.5, 2700, 3590)]
    [InlineData(60.0, 0, 42, 54)]
    [InlineData(1.0, 0, 0.7, 0.9)]
    [InlineData(null, 0, 210, 290)]
    [InlineData(1e7, 0, 60_480, 86_390)]
    public void A_token_is_renewed_after_some_three_quarters_of_its_time_and_not_sent_at_the_very_end(
        double? lifetime, double chance, double renewed, double usable)
    {
        var token = TokenSchedule.Plan("", lifetime is { } seconds ? TimeSpan.FromSeconds(seconds) : null, Asked, chance);

        Assert.Equal((Asked + TimeSpan.FromSeconds(renewed), Asked + TimeSpan.FromSeconds(usable)), (token.RenewFrom, token.UsableUntil));
    }

    [Theory]
    [InlineData(1, null, 0.5, 1)]
    [InlineData(2, null, 1, 2)]
    [InlineData(5, null, 8, 16)]
    [InlineData(7, null, 30, 60)]
    [InlineData(1_000_000, null, 30, 60)]
    [InlineData(1, 120.0, 120, 132)]
    [InlineData(7, 1.0, 30, 60)]
    [InlineData(1, -5.0, 0.5, 1)]
    [InlineData(1, 1e9, 3600, 3960)]
    public void Pauses_double_up_to_a_minute_and_are_as_long_as_the_issuer_asks_up_to_an_hour(
        int failures, double? retryAfter, double least, double most)
    {
        TimeSpan? asked = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

        Assert.Equal(TimeSpan.FromSeconds(least), TokenSchedule.Pause(failures, asked, 0));
        Assert.Equal(TimeSpan.FromSeconds(most), TokenSchedule.Pause(failures, asked, 1));
    }
}
