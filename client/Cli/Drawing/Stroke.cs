namespace Tumbler.Cli.Drawing;

/// <summary>A piece of a line that looks the same all along.</summary>
internal readonly record struct Stroke(StrokeKind Kind, string Text);
