using Tumbler.Cli.Demo.Clock;

namespace Tumbler.Cli.Tests.Demo.Clock;

public sealed class ClockFitTests
{
    private const double Rate = 4800;
    private static readonly DateTimeOffset Zero = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void All_answers_together_tell_the_time_better_than_any_of_them()
    {
        // One was long on its way there, the other on its way back.
        var fit = ClockFit.Of([Sample(asked: 0, seen: 9, answered: 10), Sample(asked: 20, seen: 21, answered: 30)], Rate)!;

        Assert.InRange(fit.AtZero, Zero - fit.Error, Zero + fit.Error);
        Assert.InRange(fit.Error, TimeSpan.Zero, TimeSpan.FromSeconds(4.81));
        Assert.Equal(fit.AtZero + TimeSpan.FromHours(4.0 / 3), fit.After(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void One_quick_answer_is_enough()
    {
        var fit = ClockFit.Of([Sample(0, 300, 900), Sample(1000, 1000.1, 1000.2), Sample(2000, 2100, 2500)], Rate)!;

        Assert.InRange(fit.AtZero, Zero - fit.Error, Zero + fit.Error);
        Assert.InRange(fit.Error, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public void A_clock_at_another_rate_contradicts_itself() =>
        Assert.Null(ClockFit.Of([Sample(0, 1, 2), Sample(1000, 1001, 1002)], Rate * 1.01));

    /// <param name="asked">In real milliseconds since the first question, like the others.</param>
    /// <param name="seen">When the server looked at its clock.</param>
    private static ClockSample Sample(double asked, double seen, double answered) => new(
        TimeSpan.FromMilliseconds(asked), TimeSpan.FromMilliseconds(answered), Zero + TimeSpan.FromMilliseconds(seen) * Rate);
}
