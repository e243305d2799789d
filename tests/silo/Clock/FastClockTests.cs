using Tumbler.Silo.Clock;
using Tumbler.Silo.Configuration;
using Tumbler.Tests.Clock;

namespace Tumbler.Silo.Tests.Clock;

public sealed class FastClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock real = new(Start);
    private readonly string path = Directory.CreateTempSubdirectory("tumbler-clock-").FullName;

    public void Dispose() => Directory.Delete(path, recursive: true);

    [Fact]
    public void Time_passes_as_many_times_faster_as_the_rate_says()
    {
        var clock = Open(3600);
        var from = clock.GetTimestamp();
        Assert.Equal(Start, clock.GetUtcNow());

        real.Advance(TimeSpan.FromSeconds(24));

        Assert.Equal(Start.AddDays(1), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromDays(1), clock.GetElapsedTime(from));
    }

    [Fact]
    public void A_rate_need_not_be_whole()
    {
        var clock = Open(1.5);

        real.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(Start.AddMinutes(3), clock.GetUtcNow());
    }

    [Fact]
    public void Setting_the_systems_clock_moves_nothing_while_the_process_runs()
    {
        var clock = Open(3600);

        real.Now = Start.AddYears(-1);

        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public void Simulated_time_goes_on_over_a_restart_and_through_the_standstill()
    {
        Open(3600);
        real.Advance(TimeSpan.FromSeconds(168));

        Assert.Equal(Start.AddDays(7), Open(3600).GetUtcNow());
    }

    [Fact]
    public void With_another_rate_simulated_time_goes_on_from_where_it_is()
    {
        Open(3600);
        real.Advance(TimeSpan.FromSeconds(24));
        var slower = Open(60);
        Assert.Equal(Start.AddDays(1), slower.GetUtcNow());

        real.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(Start.AddDays(1).AddHours(1), slower.GetUtcNow());
        Assert.Equal(Start.AddDays(1).AddHours(1), Open(60).GetUtcNow());
    }

    [Fact]
    public void A_system_clock_that_was_set_back_between_two_starts_does_not_go_before_the_anchor()
    {
        Open(3600);
        real.Now = Start.AddDays(-1);

        Assert.Equal(Start, Open(3600).GetUtcNow());
        Assert.Equal(Start, Open(2).GetUtcNow());
    }

    [Theory]
    [InlineData(3_600_000, 1_001, 1_000)]
    [InlineData(3_600_001, 1_002, 1_001)]
    [InlineData(1, 2, 1)]
    [InlineData(0, 0, 0)]
    [InlineData(-1, -1, -1)]
    public void A_timer_waits_that_much_shorter_and_never_fires_before_its_time(int simulated, int realDue, int realPeriod)
    {
        var clock = Open(3600);
        var (time, due, period) = (TimeSpan.FromMilliseconds(simulated), TimeSpan.FromMilliseconds(realDue), TimeSpan.FromMilliseconds(realPeriod));

        using var timer = clock.CreateTimer(_ => { }, null, time, time);
        timer.Change(time, Timeout.InfiniteTimeSpan);

        Assert.Equal([(due, period), (due, Timeout.InfiniteTimeSpan)], real.Timers);
    }

    [Fact]
    public async Task Delays_on_the_real_timer_end_and_never_too_early()
    {
        var clock = FastClock.Open(new DataDirectory(path), 1_000_000, TimeProvider.System);
        for (var i = 0; i < 20; i++)
        {
            var before = clock.GetUtcNow();
            await Task.Delay(TimeSpan.FromHours(1), clock, TestContext.Current.CancellationToken);
            Assert.True(clock.GetUtcNow() >= before.AddHours(1));
        }
    }

    private FastClock Open(double rate) => FastClock.Open(new DataDirectory(path), rate, real);
}
