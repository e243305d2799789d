using Microsoft.Extensions.Logging;

namespace Tumbler.Client.Telemetry;

/// <summary>Tells of an outage when it begins, when it becomes worse, and then once a minute; not at every try.</summary>
internal sealed class Reminder(TimeProvider machineClock)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private (LogLevel Level, long At)? told;

    public bool IsDue(LogLevel level)
    {
        if (told is var (before, at) && level <= before && machineClock.GetElapsedTime(at) < Every)
            return false;
        told = (level, machineClock.GetTimestamp());
        return true;
    }

    /// <summary>It is over; the next one is a new one.</summary>
    public void Forget() => told = null;
}
