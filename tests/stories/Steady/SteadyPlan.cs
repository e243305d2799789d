using System.Globalization;

namespace Tumbler.Stories.Tests.Steady;

/// <summary>How long the load lasts, and how fast the silo's clock runs meanwhile.</summary>
/// <param name="Windows">How many times the load is looked at.</param>
/// <param name="ClockRate">Simulated seconds in a real one.</param>
/// <param name="Judged">Whether that is long enough to tell a slope from noise.</param>
internal sealed record SteadyPlan(int Windows, TimeSpan Window, int ClockRate, bool Judged)
{
    /// <summary>For trials: another length than the hour of the long form.</summary>
    private const string MinutesVariable = "TUMBLER_STEADY_MINUTES";

    /// <summary>Each third must hold some windows, and the first all that the runtime compiles anew.</summary>
    private const int FewestMinutes = 3;

    /// <summary>How long a key signs, simulated. On a clock that is sixty times faster it is a minute.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public static SteadyPlan Wanted { get; } =
        Environment.GetEnvironmentVariable(MinutesVariable) is { Length: > 0 } minutes ? Of(int.Parse(minutes, CultureInfo.InvariantCulture))
        : StoryRun.Long ? Of(60)
        : new SteadyPlan(Windows: 5, TimeSpan.FromSeconds(1), ClockRate: 1800, Judged: false);

    public TimeSpan Length => Windows * Window;

    public TimeSpan RealInterval => Interval / ClockRate;

    private static SteadyPlan Of(int minutes) => minutes >= FewestMinutes
        ? new SteadyPlan(6 * minutes, TimeSpan.FromSeconds(10), ClockRate: 60, Judged: true)
        : throw new InvalidOperationException($"{MinutesVariable}: must be at least {FewestMinutes}.");
}
