using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Terminals;

/// <summary>How far something is, on one line that is written again and again, for a person who waits. Where the errors go into a
/// file there is nobody who does.</summary>
internal sealed class ProgressLine(CliCall call) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private string shown = "";

    public void Show(string text)
    {
        if (!call.Screen.ErrorsAreTerminal)
            return;
        var line = PlainText.Of(text);
        if (line.Length >= call.Screen.Width)
            line = line[..(call.Screen.Width - 1)];
        if (line == shown)
            return;

        // What is longer than its successor would be seen behind it.
        call.Errors.Write($"\r{line.PadRight(shown.Length)}");
        call.Errors.Flush();
        shown = line;
    }

    /// <summary>Shows how long it takes.</summary>
    public async Task While(Task task, Func<TimeSpan, string> text)
    {
        var start = call.Clock.GetTimestamp();
        while (await Task.WhenAny(task, Task.Delay(Pause, call.Clock)) != task)
            Show(text(call.Clock.GetElapsedTime(start)));
    }

    /// <summary>Before anything else is said.</summary>
    public void Clear()
    {
        if (shown.Length > 0)
            call.Errors.Write($"\r{new string(' ', shown.Length)}\r");
        shown = "";
    }

    public void Dispose() => Clear();
}
