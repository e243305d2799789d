namespace Tumbler.Cli.Demo.Clock;

/// <summary>What is known about another's clock that runs at a known rate.</summary>
/// <param name="AtZero">What it showed when the first question was asked.</param>
/// <param name="Error">How far off that may be.</param>
internal sealed record ClockFit(DateTimeOffset AtZero, TimeSpan Error, double Rate)
{
    /// <summary>Times in answers are cut off after the millisecond.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(1);

    /// <summary>Every answer says between which two values the clock was at zero; all of them must hold, and the narrowest says most.</summary>
    /// <returns>Null when they contradict each other: the clock does not run at this rate.</returns>
    public static ClockFit? Of(IReadOnlyList<ClockSample> samples, double rate)
    {
        var earliest = samples.Max(sample => sample.Shown - sample.Answered * rate);
        var latest = samples.Min(sample => sample.Shown + Resolution - sample.Asked * rate);
        return earliest > latest ? null : new ClockFit(earliest + (latest - earliest) / 2, (latest - earliest) / 2, rate);
    }

    public DateTimeOffset After(TimeSpan real) => AtZero + real * Rate;
}
