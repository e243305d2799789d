using System.Globalization;
using System.Text.RegularExpressions;

namespace Tumbler.Contracts.Input;

/// <summary>Durations as people write them: ISO 8601 (<c>PT24H</c>, <c>P7D</c>) or short (<c>24h</c>, <c>90s</c>).
/// Deliberately not <see cref="TimeSpan.Parse(string)"/>, which reads <c>24:00:00</c> as 24 days.</summary>
public static partial class Duration
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var match = Shape().Match(text);
        if (!match.Success)
            return false;

        long seconds = 0;
        foreach (var (unit, length) in Units)
        {
            if (match.Groups[unit] is { Success: true } group)
                seconds += long.Parse(group.ValueSpan, CultureInfo.InvariantCulture) * length;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>The ISO 8601 form in whole hours, minutes and seconds.</summary>
    public static string Format(TimeSpan duration)
    {
        var (hours, minutes, seconds) = ((long)duration.TotalHours, duration.Minutes, duration.Seconds);
        var text = "PT"
            + (hours > 0 ? $"{hours}H" : "")
            + (minutes > 0 ? $"{minutes}M" : "")
            + (seconds > 0 ? $"{seconds}S" : "");
        return text == "PT" ? "PT0S" : text;
    }

    private static readonly (string Unit, long Seconds)[] Units = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)];

    // At most six digits each: no sum can overflow, and no one means more.
    [GeneratedRegex(@"^(?:P(?=[0-9T])(?:(?<d>[0-9]{1,6})D)?(?:T(?=[0-9])(?:(?<h>[0-9]{1,6})H)?(?:(?<m>[0-9]{1,6})M)?(?:(?<s>[0-9]{1,6})S)?)?|(?<d>[0-9]{1,6})d|(?<h>[0-9]{1,6})h|(?<m>[0-9]{1,6})m|(?<s>[0-9]{1,6})s)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
