using Tumbler.Cli.Demo;
using Tumbler.Cli.Demo.Reports;
using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Tests.Demo.Reports;

public sealed class PictureTests
{
    [Fact]
    public void Keys_are_lines_and_hours_go_from_left_to_right() => Assert.Equal(
        [
            "         0h                      24h                     48h                     72h",
            "  key 1  ████████████████████████▒",
            "  key 2  ░░░░░░░░░░░░░░░░░░░░░░░░████████████████████████▒",
            "  key 3                          ░░░░░░░░░░░░░░░░░░░░░░░░██",
            "  key 4                                                  ░░",
            "  tokens ██████████████████████████████████████████████████▂",
            "   50:00 301 tokens, 602 times accepted: 0 false rejects",
            "         602 times a bad one shown: 0 false accepts",
        ],
        After(50).Draw(85).Select(line => line.TrimEnd()));

    [Fact]
    public void A_narrow_terminal_gets_a_narrow_drawing()
    {
        var lines = After(50).Draw(40);

        Assert.All(lines, line => Assert.True(line.Length < 40, line));
        Assert.Equal("  key 1  ██████████", lines[1].TrimEnd());
    }

    [Fact]
    public void The_wildest_hour_is_the_highest() => Assert.Equal(
        "  tokens █▄",
        Drawn([Seen.Round(0.1, 1, new Counts { Issued = 30 }), Seen.Round(1.1, 1, new Counts { Issued = 15 })])[3].TrimEnd());

    private static Picture After(int hours) => Of(Seen.Rounds(hours).Append(Seen.Round(hours, 1 + hours / 24)));

    private static IReadOnlyList<string> Drawn(IEnumerable<Round> rounds) => Of(rounds).Draw(85);

    private static Picture Of(IEnumerable<Round> rounds) =>
        rounds.Aggregate(new Picture(new DemoPlan(72, 4800)), (picture, round) => picture.With(round));
}
