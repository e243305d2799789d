using System.Globalization;

namespace Tumbler.Core.Retention;

/// <summary>Which export folders have had their time. An export lies in <c>YYYY-MM-DD/uuid</c>; whatever is named in any other
/// way is somebody else's and is never touched.</summary>
public static class ExportAge
{
    /// <summary>Whether it is the folder of a day whose exports are older than that.</summary>
    public static bool IsExpiredDay(string name, DateTimeOffset now, TimeSpan keep) =>
        DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == name
        && EndOf(day) + keep <= now;

    public static bool IsExport(string name) => Guid.TryParseExact(name, "D", out var id) && id.ToString("D") == name;

    /// <summary>The last of its exports may have been made a moment before.</summary>
    private static DateTimeOffset EndOf(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1);
}
