namespace Tumbler.Tests.Sending;

/// <summary>What became of the requests that were due in some time.</summary>
/// <param name="next">The timestamp at which the next window begins.</param>
internal sealed class SentWindow(long next)
{
    private readonly List<TimeSpan> times = [];

    public long Next => next;

    public int Count => times.Count;

    /// <summary>Answers.</summary>
    public double PerSecond { get; private set; }

    /// <summary>Answers other than 200.</summary>
    public int Failed { get; private set; }

    /// <summary>The first of them.</summary>
    public string? Failure { get; private set; }

    /// <summary>The time within which this share of the answers came.</summary>
    public TimeSpan Within(double share) => times[Math.Max(0, (int)Math.Ceiling(times.Count * share) - 1)];

    /// <param name="time">From the instant at which the request was due.</param>
    internal void Add(TimeSpan time) => times.Add(time);

    internal void Fail(string answer)
    {
        Failed++;
        Failure ??= answer;
    }

    /// <param name="took">From the window's beginning until the last answer, or to its end if that was later.</param>
    internal SentWindow Close(TimeSpan took)
    {
        times.Sort();
        PerSecond = times.Count / took.TotalSeconds;
        return this;
    }
}
