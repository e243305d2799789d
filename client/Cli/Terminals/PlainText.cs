namespace Tumbler.Cli.Terminals;

/// <summary>Text from elsewhere on its way to a terminal.</summary>
internal static class PlainText
{
    /// <summary>Whoever may name an organisation must not be able to move the cursor of an administrator: what is no
    /// visible character is shown as one.</summary>
    public static string Of(string text) =>
        text.Any(IsUnsafe) ? string.Concat(text.Select(c => IsUnsafe(c) ? '\uFFFD' : c)) : text;

    private static bool IsUnsafe(char c) => char.GetUnicodeCategory(c) is
        System.Globalization.UnicodeCategory.Control
        or System.Globalization.UnicodeCategory.Format // Among them those that turn the direction of writing.
        or System.Globalization.UnicodeCategory.LineSeparator
        or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
