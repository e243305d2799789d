using Tumbler.Cli.Demo;
using Tumbler.Cli.Demo.Reports;
using Tumbler.Tests.Clock;

namespace Tumbler.Cli.Tests.Demo.Reports;

public sealed class LiveReportTests : IDisposable
{
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly ManualClock clock = new(DateTimeOffset.UnixEpoch);

    public void Dispose() => output.Dispose();

    [Fact]
    public void The_drawing_is_drawn_over_itself_ten_times_a_second_at_most()
    {
        var report = Begun(color: false);
        report.Tell(new DemoEvent.Passed(Seen.Round(1, 1)));
        report.Tell(new DemoEvent.Passed(Seen.Round(2, 1)));
        clock.Advance(TimeSpan.FromMilliseconds(100));
        report.Tell(new DemoEvent.Passed(Seen.Round(3, 1)));

        Assert.Equal(2, Count("\n  tokens "));
        Assert.Equal(1, Count("\e[6A\e[0J"));
        Assert.EndsWith("    3:00 3 tokens, 6 times accepted: 0 false rejects\n         6 times a bad one shown: 0 false accepts\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_switch_stays_above_it_and_what_comes_later_stands_below()
    {
        var report = Begun(color: false);
        foreach (var each in Seen.Watch([Seen.Round(23, 1), Seen.Round(24, 2)]).Events)
            report.Tell(each);
        report.Tell(new DemoEvent.Slowed(TimeSpan.FromSeconds(1)));
        var lines = output.ToString().Split('\n');

        Assert.Contains(lines, line => line.EndsWith("\e[0J   24:00    key 2 signs (20a1b2c3), in the JWKS from the beginning", StringComparison.Ordinal));
        Assert.StartsWith("The server is killed", lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("   24:00 2 tokens", lines[^5], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_colour_there_is_none()
    {
        Begun(color: false).Tell(new DemoEvent.Passed(Seen.Round(1, 1)));

        Assert.DoesNotContain('\e', output.ToString());
    }

    [Fact]
    public void With_colour_what_a_key_does_shows_in_it()
    {
        Begun(color: true).Tell(new DemoEvent.Passed(Seen.Round(1, 1)));

        Assert.Contains("  key 1  \e[32m█\e[0m ", output.ToString(), StringComparison.Ordinal);
    }

    private LiveReport Begun(bool color)
    {
        var report = new LiveReport(output, 120, color, clock);
        report.Tell(new DemoEvent.Began(new DemoPlan(72, 4800)));
        return report;
    }

    private int Count(string text) => output.ToString().Split(text).Length - 1;
}
