namespace Tumbler.Cli.Calls;

/// <summary>What the program's three streams are connected to.</summary>
/// <param name="Width">Of the terminal; of what is no terminal, so much that nothing is wrapped.</param>
/// <param name="ReadHidden">Reads a line from the terminal without showing it; null at its end.</param>
internal sealed record Screen(bool InputIsTerminal, bool OutputIsTerminal, bool ErrorsAreTerminal, int Width, Func<string?> ReadHidden)
{
    /// <summary>Wider than any line, and no number that a layout could overflow with.</summary>
    public const int Unbounded = 10_000;

    private const int Narrowest = 40;

    public static Screen OfProcess() => new(
        !Console.IsInputRedirected, !Console.IsOutputRedirected, !Console.IsErrorRedirected, WidthOfTerminal(), ReadHiddenLine);

    private static int WidthOfTerminal()
    {
        try
        {
            return Console.IsOutputRedirected ? Unbounded : Math.Max(Console.WindowWidth, Narrowest);
        }
        catch (IOException)
        {
            return 80; // A terminal that does not know its size.
        }
    }

    private static string? ReadHiddenLine()
    {
        var line = new System.Text.StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
                return line.ToString();
            if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control })
                return line.Length > 0 ? line.ToString() : null;
            if (key.Key == ConsoleKey.Backspace)
                line.Length = Math.Max(0, line.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                line.Append(key.KeyChar);
        }
    }
}
