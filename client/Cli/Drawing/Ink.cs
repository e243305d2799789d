namespace Tumbler.Cli.Drawing;

/// <summary>The characters that a drawing is made of.</summary>
internal sealed record Ink(char Published, char Signing, char Retired, char Revoked, char Axis, char Tick, char Now, char NowBelow)
{
    public static Ink Unicode { get; } = new('·', '█', '─', '×', '─', '┬', '▼', '│');

    /// <summary>For terminals and files that know no more.</summary>
    public static Ink Ascii { get; } = new('.', '#', '-', 'x', '-', '+', 'v', '|');

    public char Of(StrokeKind kind) => kind switch
    {
        StrokeKind.Published => Published,
        StrokeKind.Signing => Signing,
        StrokeKind.Retired => Retired,
        StrokeKind.Revoked => Revoked,
        StrokeKind.Now => NowBelow,
        _ => ' ',
    };
}
