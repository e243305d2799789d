using System.Text.Json;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Clock;

/// <summary>Chooses the process's clock.</summary>
public static class SiloClock
{
    /// <summary>The system's clock, or a fast one when it is set or when the data directory has lived by one: what is kept
    /// there is in the future of the system's clock, so the simulated time goes on, without a rate at the usual pace.
    /// Call it while holding the journal's lock, see <see cref="DataDirectory"/>.</summary>
    /// <param name="complaints">Gets what is wrong.</param>
    /// <returns>Null when anything is wrong.</returns>
    public static TimeProvider? Open(SiloSettings settings, TimeProvider system, Complaints complaints)
    {
        var directory = new DataDirectory(settings.Storage.Directory);
        SettingError error;
        try
        {
            if (settings.Clock.Rate is null && !directory.Has(FastClock.AnchorFile))
                return system;
            if (settings.Development)
                return FastClock.Open(directory, settings.Clock.Rate ?? 1, system);
            error = new SettingError(StorageOptions.DirectorySetting,
                $"has lived by a fast clock ({directory.PathOf(FastClock.AnchorFile)}), which production refuses; use another directory");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = new SettingError(StorageOptions.DirectorySetting, $"can't be used: {e.Message}");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException)
        {
            error = new SettingError(ClockOptions.RateSetting,
                $"{directory.PathOf(FastClock.AnchorFile)} is damaged or has passed the last year there is; use another directory");
        }

        complaints.Add(error);
        return null;
    }
}
