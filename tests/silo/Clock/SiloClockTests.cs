using Tumbler.Silo.Clock;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Tests.Configuration;
using Tumbler.Tests.Clock;

namespace Tumbler.Silo.Tests.Clock;

public sealed class SiloClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock system = new(Start);
    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    [Fact]
    public void Without_a_rate_the_clock_is_the_systems_and_nothing_is_written()
    {
        Assert.Same(system, Open());
        Assert.False(Directory.Exists(Path.Combine(start.Path, "data")));
    }

    [Fact]
    public void A_directory_that_lived_by_a_fast_clock_does_not_fall_back_in_time_without_one()
    {
        Open("--Development:ClockRate", "3600");
        system.Advance(TimeSpan.FromSeconds(24));

        var clock = Open();
        Assert.Equal(Start.AddDays(1), clock!.GetUtcNow());

        system.Advance(TimeSpan.FromSeconds(24));
        Assert.Equal(Start.AddDays(1).AddSeconds(24), clock.GetUtcNow());
    }

    [Fact]
    public void Production_refuses_a_directory_that_lived_by_a_fast_clock()
    {
        Open("--Development:ClockRate", "3600");
        var settings = start.Read()! with { Development = false };

        Assert.Null(SiloClock.Open(settings, system, start.Complaints));
        Assert.Equal(
            $"Storage:Journal:Directory: has lived by a fast clock ({Anchor}), which production refuses; use another directory",
            Assert.Single(start.Errors));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Real":"2020-01-01T00:00:00+00:00","Simulated":"9990-01-01T00:00:00+00:00","Rate":1000000}""")]
    public void A_useless_anchor_is_left_as_it_is_and_named(string content)
    {
        start.Write($"data/{FastClock.AnchorFile}", content);

        Assert.Null(Open("--Development:ClockRate", "60"));
        Assert.Equal(
            $"Development:ClockRate: {Anchor} is damaged or has passed the last year there is; use another directory",
            Assert.Single(start.Errors));
        Assert.Equal(content, File.ReadAllText(Anchor));
    }

    private string Anchor => Path.Combine(start.Path, "data", FastClock.AnchorFile);

    private TimeProvider? Open(params string[] arguments) => SiloClock.Open(start.Read(arguments)!, system, start.Complaints);
}
