using Spectre.Console;
using Spectre.Console.Rendering;

namespace Tumbler.Cli.Drawing;

/// <summary>A drawing in colour.</summary>
internal static class LineStyles
{
    public static IRenderable ToRenderable(this Line line)
    {
        var paragraph = new Paragraph();
        foreach (var stroke in line.Strokes)
            paragraph.Append(stroke.Text, StyleOf(stroke.Kind));
        return paragraph;
    }

    private static Style StyleOf(StrokeKind kind) => kind switch
    {
        StrokeKind.Published => new Style(Color.Blue),
        StrokeKind.Signing => new Style(Color.Green),
        StrokeKind.Retired => new Style(Color.Grey),
        StrokeKind.Revoked => new Style(Color.Red, decoration: Decoration.Bold),
        StrokeKind.Now => new Style(Color.Yellow, decoration: Decoration.Bold),
        StrokeKind.Axis => new Style(decoration: Decoration.Dim),
        _ => Style.Plain,
    };
}
