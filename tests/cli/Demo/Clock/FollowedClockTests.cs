using Tumbler.Cli.Demo.Clock;
using Tumbler.Tests.Clock;

namespace Tumbler.Cli.Tests.Demo.Clock;

public sealed class FollowedClockTests
{
    private static readonly DateTimeOffset Zero = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualClock machine = new(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void It_shows_what_the_other_clock_shows()
    {
        var clock = Follow(4800);
        machine.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Zero + TimeSpan.FromSeconds(4800), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(4800), clock.GetElapsedTime(0));
    }

    [Fact]
    public void Setting_the_machines_clock_moves_nothing()
    {
        var clock = Follow(4800);
        machine.Now = machine.Now.AddYears(1);

        Assert.Equal(Zero, clock.GetUtcNow());
    }

    [Fact]
    public void Waiting_takes_as_much_less_time()
    {
        var fired = 0;
        using var timer = Follow(3600).CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), TimeSpan.FromHours(2));

        machine.Advance(TimeSpan.FromSeconds(0.999));
        Assert.Equal(0, fired);
        machine.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(1, fired);
        machine.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(3, fired);
        timer.Change(TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        machine.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(4, fired);
    }

    [Fact]
    public void A_wait_shorter_than_timers_can_be_is_as_short_as_they_can_be()
    {
        using var timer = Follow(4800).CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

        Assert.Equal((TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2)), machine.Timers[^1]);
    }

    [Fact]
    public void Never_stays_never()
    {
        using var timer = Follow(4800).CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        Assert.Equal((Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), machine.Timers[^1]);
    }

    private FollowedClock Follow(double rate) => new(machine, machine.GetTimestamp(), new ClockFit(Zero, TimeSpan.FromSeconds(1), rate));
}
