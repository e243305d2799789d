using System.Globalization;

namespace Tumbler.Cli.Drawing;

/// <summary>Where the axis of a drawing is marked, and how.</summary>
internal static class Ticks
{
    /// <summary>A label and some air.</summary>
    private const int LeastColumns = 9;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7), TimeSpan.FromDays(28),
    ];

    /// <summary>Round instants in UTC, so many that their labels have room.</summary>
    public static IEnumerable<(int Column, string Label)> Of(Span span)
    {
        var perColumn = (span.To - span.From) / span.Columns;
        var step = Steps.FirstOrDefault(step => step >= perColumn * LeastColumns, Steps[^1]);
        var first = new DateTimeOffset(((span.From.UtcTicks + step.Ticks - 1) / step.Ticks) * step.Ticks, TimeSpan.Zero);
        for (var at = first; at < span.To; at += step)
        {
            if (span.ColumnOf(at) is var column && column < span.Columns)
                yield return (column, at.ToString(at.TimeOfDay == TimeSpan.Zero ? "d MMM" : "HH:mm", CultureInfo.InvariantCulture));
        }
    }
}
