namespace Tumbler.Cli.Doctor;

/// <summary>The server's clocks beside the caller's.</summary>
/// <param name="AskedAt">When the question went out, by the caller's clock.</param>
/// <param name="AnsweredAt">When the answer was there.</param>
/// <param name="Date">The answer's <c>Date</c>, in whole seconds; null where it has none.</param>
/// <param name="Own">What the server itself says the time is: a gateway writes a <c>Date</c> of its own, a clock that runs faster is told by
/// no <c>Date</c>.</param>
internal sealed record ClockFacts(DateTimeOffset AskedAt, DateTimeOffset AnsweredAt, DateTimeOffset? Date, DateTimeOffset? Own)
{
    /// <summary>A <c>Date</c> leaves out the part of a second.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    /// <summary>By how much at least the time differs, ahead or behind; zero when it may be the same.</summary>
    public TimeSpan Off(DateTimeOffset? time) => time switch
    {
        null => TimeSpan.Zero,
        { } ahead when ahead > AnsweredAt => ahead - AnsweredAt,
        { } behind when behind + Grain < AskedAt => behind + Grain - AskedAt,
        _ => TimeSpan.Zero,
    };
}
