using System.Globalization;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Drawing;

/// <summary>A ring's keys along time: one row for each, the oldest above, and <em>now</em> through all of them.</summary>
internal static class KeyTimeLine
{
    private const int Narrowest = 40;

    /// <summary>How much of a kid tells keys apart.</summary>
    private const int KidLength = 8;

    /// <param name="keys">In any order.</param>
    /// <param name="width">Of the whole drawing, in columns.</param>
    public static IReadOnlyList<Line> Draw(IReadOnlyList<KeyView> keys, DateTimeOffset now, int width, Ink? ink = null)
    {
        ink ??= Ink.Unicode;
        var lives = keys.OrderBy(key => key.RotationCount).Select(key => (Key: key, Life: KeyLife.Of(key, now))).ToList();
        if (lives.Count == 0)
            return [];

        var (from, to) = Window([.. lives.Select(each => each.Life)], now);
        var shown = lives.Where(each => each.Life.Published < to && each.Life.End > from).ToList();
        if (shown.Count == 0)
            return [];
        var labels = shown.Select(each => LabelOf(each.Key)).ToList();
        var margin = labels.Max(label => label.Length) + 2;
        var span = new Span(from, to, Math.Max(width, Narrowest) - margin);
        return
        [
            .. Axis(span, now, margin, ink),
            .. shown.Select((each, row) => Row(labels[row].PadRight(margin), span, each.Life, now, ink)),
            Legend(now, margin, ink),
        ];
    }

    /// <summary>To the end of the last key that signs, and as far back; what has long ended is in the list. Keys that only verify may do so for a
    /// year: they go on past the edge.</summary>
    private static (DateTimeOffset From, DateTimeOffset To) Window(IReadOnlyList<KeyLife> lives, DateTimeOffset now)
    {
        var alive = lives.Where(life => life.End > now).ToList();
        var to = alive.Where(life => life.Signs).Select(life => life.End).Concat(alive.Select(life => life.End).Order().Take(1)).DefaultIfEmpty(now).Max();
        var least = TimeSpan.FromMinutes(1);
        to = to - now < least ? now + least : to;
        var first = lives.Min(life => life.Published);
        var back = now - (to - now);
        return (first > back ? (first < now ? first : now) : back, to);
    }

    private static string LabelOf(KeyView key) => string.Create(CultureInfo.InvariantCulture, $"#{key.RotationCount} {key.Kid.ToString()[..KidLength]}");

    private static Line Row(string label, Span span, KeyLife life, DateTimeOffset now, Ink ink)
    {
        var kinds = new StrokeKind[span.Columns];
        kinds[span.CellOf(now)] = StrokeKind.Now;
        Fill(life.Published, life.SignsFrom, StrokeKind.Published);
        Fill(life.SignsFrom, life.SignsUntil, StrokeKind.Signing);
        Fill(life.SignsUntil, life.End, StrokeKind.Retired);
        if (life.Revoked && life.End > span.From)
            kinds[span.CellOf(life.End)] = StrokeKind.Revoked;

        return new Line([new Stroke(StrokeKind.Label, label), .. Line.Of(Array.ConvertAll(kinds, ink.Of), kinds).Strokes]);

        // However short a phase is, it has a column, or it would look as if it never was.
        void Fill(DateTimeOffset from, DateTimeOffset until, StrokeKind kind)
        {
            if (from >= until || !span.Overlaps(from, until))
                return;
            var first = span.CellOf(from);
            kinds.AsSpan()[first..Math.Max(span.ColumnOf(until), first + 1)].Fill(kind);
        }
    }

    private static IEnumerable<Line> Axis(Span span, DateTimeOffset now, int margin, Ink ink)
    {
        var labels = Enumerable.Repeat(' ', span.Columns).ToArray();
        var axis = Enumerable.Repeat(ink.Axis, span.Columns).ToArray();
        var kinds = Enumerable.Repeat(StrokeKind.Axis, span.Columns).ToArray();
        foreach (var (column, label) in Ticks.Of(span))
        {
            axis[column] = ink.Tick;
            if (column + label.Length <= span.Columns)
                label.CopyTo(labels.AsSpan(column));
        }

        axis[span.CellOf(now)] = ink.Now;
        kinds[span.CellOf(now)] = StrokeKind.Now;
        var left = new Stroke(StrokeKind.Blank, new string(' ', margin));
        yield return new Line([left, new Stroke(StrokeKind.Label, new string(labels))]);
        yield return new Line([left, .. Line.Of(axis, kinds).Strokes]);
    }

    private static Line Legend(DateTimeOffset now, int margin, Ink ink)
    {
        static Stroke Word(string text) => new(StrokeKind.Label, text);
        return new Line(
        [
            new Stroke(StrokeKind.Blank, new string(' ', margin)),
            new Stroke(StrokeKind.Published, $"{ink.Published}"), Word(" published  "),
            new Stroke(StrokeKind.Signing, $"{ink.Signing}"), Word(" signs  "),
            new Stroke(StrokeKind.Retired, $"{ink.Retired}"), Word(" retired  "),
            new Stroke(StrokeKind.Now, $"{ink.Now}"), Word($" {now.UtcDateTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture)} UTC"),
        ]);
    }
}
