namespace Tumbler.Silo.Configuration;

/// <param name="Rate">Runs the process on a clock that many times faster, 1 to 1,000,000, in development only; null: the
/// system's clock.</param>
public sealed record ClockOptions(double? Rate)
{
    internal const string RateSetting = "Development:ClockRate";

    internal static ClockOptions Read(SettingsReader settings)
    {
        var rate = settings.Number(RateSetting, 1, 1_000_000);
        if (rate is not null && !settings.Development)
            settings.Error(RateSetting, "is refused in production");
        return new ClockOptions(rate);
    }
}
