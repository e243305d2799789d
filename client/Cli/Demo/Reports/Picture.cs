using System.Collections.Immutable;
using static System.FormattableString;
using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Demo.Reports;

/// <summary>The rotation as a drawing: a line for each key and one for the tokens, hours from left to right.</summary>
internal sealed record Picture(DemoPlan Plan)
{
    private const int Margin = 9;
    private const string Steps = "▁▂▃▄▅▆▇█";

    public TimeSpan Now { get; private init; }

    public Counts Counts { get; private init; }

    private ImmutableSortedDictionary<long, RingKey> Keys { get; init; } = ImmutableSortedDictionary<long, RingKey>.Empty;

    private ImmutableSortedDictionary<int, long> Tokens { get; init; } = ImmutableSortedDictionary<int, long>.Empty;

    public Picture With(Round round) => this with
    {
        Now = round.At,
        Counts = Counts + round.Counts,
        Keys = Keys.SetItems(round.Published.Select(key => KeyValuePair.Create(key.Number, key))),
        Tokens = Tokens.SetItem((int)round.At.TotalHours, Tokens.GetValueOrDefault((int)round.At.TotalHours) + round.Counts.Issued),
    };

    /// <param name="width">Of the terminal. A line that is wrapped would spoil the drawing.</param>
    public IReadOnlyList<string> Draw(int width)
    {
        var columns = Math.Clamp(width - Margin - 1, 1, Hours);
        return
        [
            .. (string[])[Scale(columns), .. Keys.Values.Select(key => Line(key.ToString(), columns, hour => Cell(key, hour))), Line("tokens", columns, Bar)],
            Cut(Invariant($"  {DemoText.Hour(Now)} {Counts.Issued:N0} tokens, {Counts.Accepted:N0} times accepted: {Counts.FalseRejects:N0} false rejects"), width - 1),
            Cut(Invariant($"{"",Margin}{Counts.Refused + Counts.FalseAccepts:N0} times a bad one shown: {Counts.FalseAccepts:N0} false accepts"), width - 1),
        ];
    }

    /// <summary>With those by which it all began late.</summary>
    private int Hours => Plan.Hours + 3;

    private string Scale(int columns)
    {
        var marks = new char[columns];
        Array.Fill(marks, ' ');
        for (var hour = 0; hour <= Plan.Hours; hour += 24)
        {
            var text = Invariant($"{hour}h");
            var at = hour * columns / Hours;
            text.AsSpan(0, Math.Min(text.Length, columns - at)).CopyTo(marks.AsSpan(at));
        }

        return new string(' ', Margin) + new string(marks);
    }

    private string Line(string name, int columns, Func<double, char> cell) =>
        $"  {name,-(Margin - 2)}" + string.Concat(Enumerable.Range(0, columns).Select(column => cell((column + 0.5) * Hours / columns)));

    private char Cell(RingKey key, double hour)
    {
        var time = TimeSpan.FromHours(hour);
        return time > Now || time < key.PublishedAt || time >= key.ExpiresAt ? ' '
            : time < key.SignsFrom ? '░'
            : time < key.SignsUntil ? '█'
            : '▒';
    }

    private char Bar(double hour)
    {
        var most = Math.Max(1, Tokens.Values.DefaultIfEmpty().Max());
        return Tokens.TryGetValue((int)hour, out var count) && count > 0 ? Steps[(int)(count * (Steps.Length - 1) / most)] : ' ';
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..Math.Max(0, width)];
}
