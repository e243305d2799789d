using Tumbler.Cli.Demo.Reports;
using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Tests.Demo.Tally;

public sealed class RotationTests
{
    [Fact]
    public void Every_hour_is_told_once_with_all_that_was_in_it()
    {
        var (rotation, events) = Seen.Watch(Seen.Rounds(72));
        var rows = events.OfType<DemoEvent.HourPassed>().Select(passed => passed.Row).ToArray();

        Assert.Equal(Enumerable.Range(0, 72), rows.Select(row => row.Hour));
        Assert.All(rows, row => Assert.Equal(6, row.Counts.Issued));
        Assert.All(rows, row => Assert.Equal(1 + row.Hour / 24, row.Signer!.Number));
        Assert.Equal(72 * 6, rotation.Counts.Issued);
        Assert.Equal(rotation.Counts, rows.Aggregate(default(Counts), (sum, row) => sum + row.Counts));
        Assert.Equal(6, rotation.Forgeries.Count);
    }

    [Fact]
    public void A_switch_is_seen_in_the_tokens_and_its_lead_in_the_JWKS()
    {
        var (rotation, events) = Seen.Watch(Seen.Rounds(73));

        Assert.Equal([(1, 2), (2, 3), (3, 4)], rotation.Switches.Select(change => ((int)change.From.Number, (int)change.To.Number)));
        Assert.Equal([null, TimeSpan.FromHours(24), TimeSpan.FromHours(24)], rotation.Switches.Select(change => change.Lead));
        Assert.Equal(rotation.Switches, events.OfType<DemoEvent.Switched>().Select(switched => switched.Change));
    }

    [Fact]
    public void A_key_that_is_seen_late_has_the_lead_that_was_seen()
    {
        var rounds = Seen.Rounds(30).Select(round => round with { Published = [.. round.Published.Where(key => key.Number < 2 || round.At >= TimeSpan.FromHours(20))] });

        Assert.Equal(TimeSpan.FromHours(4), Assert.Single(Seen.Watch(rounds).Rotation.Switches).Lead);
    }

    [Fact]
    public void A_token_by_the_next_key_ends_the_hour_although_the_clock_is_a_second_behind()
    {
        var (_, events) = Seen.Watch([Seen.Round(23.9, 1), Seen.Round(23.9998, 2), Seen.Round(23.9999, 2), Seen.Round(24.1, 2)]);

        Assert.Equal(
            ["hour 23: key 1, 1", "key 2 at 24", "hour 24: key 2, 3"],
            events.Where(each => each is not DemoEvent.Passed).Select(each => each switch
            {
                DemoEvent.HourPassed(var row) => $"hour {row.Hour}: {row.Signer}, {row.Counts.Issued}",
                DemoEvent.Switched(var change) => $"{change.To} at {change.At.TotalHours}",
                _ => "?",
            }));
    }

    [Fact]
    public void Hours_in_which_nothing_was_seen_are_not_told() =>
        Assert.Equal([0, 5], Seen.Watch([Seen.Round(0.5, 1), Seen.Round(5.5, 1)]).Events.OfType<DemoEvent.HourPassed>().Select(passed => passed.Row.Hour));

    [Fact]
    public void A_round_without_a_token_is_counted_and_no_switch()
    {
        var (rotation, _) = Seen.Watch([Seen.Round(1, 1), Seen.Round(1.1, 1, Counts.OneFailed) with { Signer = null }, Seen.Round(1.2, 1)]);

        Assert.Equal((2, 1), (rotation.Counts.Issued, rotation.Counts.Failed));
        Assert.Empty(rotation.Switches);
    }
}
