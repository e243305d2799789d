using Tumbler.Tests.Clock;

namespace Tumbler.Engine.Tests;

public sealed class ClockTests
{
    [Fact]
    public void The_clock_is_read_in_whole_milliseconds_and_never_ahead()
    {
        var time = new ManualClock(Installation.Start.AddTicks(29_999));

        Assert.Equal(Installation.Start.AddMilliseconds(2), time.Now());
        Assert.Equal(TimeSpan.Zero, time.Now().Offset);
    }
}
