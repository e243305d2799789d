using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Servers;

/// <summary>Secrets on their way in: from a file, from standard input, or typed on a terminal that does not show them.</summary>
internal static class SecretInput
{
    /// <summary>In the place of a file's name.</summary>
    public const string StandardInput = "-";

    /// <summary>One line, without its end.</summary>
    /// <param name="file">A path, or <c>-</c>.</param>
    public static Outcome<string> Read(CliCall call, string file, string what)
    {
        if (file == StandardInput)
            return call.Input.ReadLine()?.Trim() ?? "";
        try
        {
            return File.ReadAllText(call.PathOf(file)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(ExitCode.NoInput, $"{file} with {what} can't be read: {e.Message}");
        }
    }

    /// <summary>One that is new: on the terminal it is typed twice, because nobody sees a mistake.</summary>
    public static Outcome<string> AskNew(CliCall call, string? file, string what)
    {
        if (!Ask(call, file, what).TryGet(out var first, out var failure))
            return failure;
        if (file is not null || !call.Screen.InputIsTerminal)
            return first;
        return Ask(call, null, $"{what} again").TryGet(out var second, out failure) && second == first
            ? first
            : failure ?? new Failure(ExitCode.BadData, "The two were not the same. Nothing was changed.");
    }

    /// <summary>Asks for it on the terminal, or takes it from standard input where that is none.</summary>
    /// <param name="file">When it is given, from there.</param>
    public static Outcome<string> Ask(CliCall call, string? file, string what)
    {
        if (file is not null || !call.Screen.InputIsTerminal)
            return Read(call, file ?? StandardInput, what);
        call.Errors.Write($"Type {what} (it is not shown): ");
        call.Errors.Flush();
        var typed = call.Screen.ReadHidden();
        call.Errors.WriteLine();
        return typed?.Trim() ?? "";
    }
}
