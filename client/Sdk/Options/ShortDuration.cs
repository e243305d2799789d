using System.Globalization;
using System.Text.RegularExpressions;

namespace Tumbler.Client.Options;

/// <summary>A duration as a setting spells it. <c>24:00:00</c> is none: .NET reads 24 days.</summary>
internal static partial class ShortDuration
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var match = Form().Match(text);
        if (!match.Success)
            return false;
        duration = new TimeSpan(Part("d"), Part("h"), Part("m"), Part("s"), Part("ms"));
        return true;

        int Part(string unit) => match.Groups[unit] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The largest unit in which it is a whole number.</summary>
    public static string Format(TimeSpan duration) => duration switch
    {
        { Ticks: 0 } => "0s",
        _ when duration.Ticks % TimeSpan.TicksPerDay == 0 => $"{duration.Ticks / TimeSpan.TicksPerDay}d",
        _ when duration.Ticks % TimeSpan.TicksPerHour == 0 => $"{duration.Ticks / TimeSpan.TicksPerHour}h",
        _ when duration.Ticks % TimeSpan.TicksPerMinute == 0 => $"{duration.Ticks / TimeSpan.TicksPerMinute}m",
        _ when duration.Ticks % TimeSpan.TicksPerSecond == 0 => $"{duration.Ticks / TimeSpan.TicksPerSecond}s",
        _ => $"{duration.Ticks / TimeSpan.TicksPerMillisecond}ms",
    };

    // Five digits are more than any setting here allows, and no sum of them overflows.
    [GeneratedRegex("""^(?:(?<d>\d{1,5})d|(?<h>\d{1,5})h|(?<m>\d{1,5})m|(?<s>\d{1,5})s|(?<ms>\d{1,5})ms|P(?=[\dT])(?:(?<d>\d{1,5})D)?(?:T(?=\d)(?:(?<h>\d{1,5})H)?(?:(?<m>\d{1,5})M)?(?:(?<s>\d{1,5})S)?)?)\z""", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex Form();
}
