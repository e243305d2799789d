using System.Globalization;
using Spectre.Console;
using Tumbler.Contracts.Input;

namespace Tumbler.Cli.Terminals;

/// <param name="Style">Only shown where there is colour; never the only bearer of what it says.</param>
internal readonly record struct Cell(string Text, Style? Style = null)
{
    public static readonly Style Good = new(foreground: Color.Green);
    public static readonly Style Bad = new(foreground: Color.Red);
    public static readonly Style Warning = new(foreground: Color.Yellow);
    public static readonly Style Quiet = new(decoration: Decoration.Dim);

    public static implicit operator Cell(string? text) => new(string.IsNullOrEmpty(text) ? "-" : text);

    public static Cell Of(IReadOnlyList<string> texts) => texts.Count == 0 ? "-" : string.Join(", ", texts);

    /// <summary>Of an enumeration, as the server writes it.</summary>
    public static Cell Of<T>(T value, Style? style = null) where T : struct, Enum => new(Names.SnakeCase(value), style);

    public static implicit operator Cell(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    public static implicit operator Cell(DateTimeOffset? time) => new(Terminal.Time(time));

    public static implicit operator Cell(DateTimeOffset time) => new(Terminal.Time(time));
}
