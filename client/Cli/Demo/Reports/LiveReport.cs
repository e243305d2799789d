using System.Text.RegularExpressions;

namespace Tumbler.Cli.Demo.Reports;

/// <summary>For people at a terminal: a drawing that grows while the hours pass; what else happens stands below it, as lines.</summary>
internal sealed partial class LiveReport(TextWriter output, int width, bool color, TimeProvider clock) : IDemoReport
{
    private const string Legend = "         ░ published   █ signs   ▒ verifies only";
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private Picture? picture;
    private int drawn;
    private long last;

    public void Tell(DemoEvent happened)
    {
        switch (happened)
        {
            case DemoEvent.Began(var plan):
                picture = new Picture(plan);
                Lines(happened);
                break;
            case DemoEvent.Opened:
                // All but the head of the plain report's table.
                foreach (var line in DemoText.Of(happened).SkipLast(1))
                    output.WriteLine(line);
                output.WriteLine(Legend);
                break;
            case DemoEvent.Passed(var round):
                picture = picture!.With(round);
                if (drawn == 0 || clock.GetElapsedTime(last) >= Frame)
                    Draw();
                break;
            case DemoEvent.HourPassed:
                break;
            case DemoEvent.Switched:
                Above(happened);
                break;
            default:
                if (drawn > 0)
                    Draw();
                drawn = 0;
                Lines(happened);
                break;
        }
    }

    private void Draw()
    {
        Erase();
        foreach (var line in picture!.Draw(width))
        {
            output.WriteLine(color ? Colored(line) : line);
            drawn++;
        }

        output.Flush();
        last = clock.GetTimestamp();
    }

    /// <summary>A line that stays, above the drawing.</summary>
    private void Above(DemoEvent happened)
    {
        Erase();
        Lines(happened);
        Draw();
    }

    private void Erase()
    {
        if (drawn > 0)
            output.Write($"\e[{drawn}A\e[0J");
        drawn = 0;
    }

    private void Lines(DemoEvent happened)
    {
        foreach (var line in DemoText.Of(happened))
            output.WriteLine(line);
        output.Flush();
    }

    private static string Colored(string line) => line.StartsWith("  key", StringComparison.Ordinal)
        ? Runs().Replace(line, run => $"\e[{(run.ValueSpan[0] switch { '█' => 32, '░' => 34, _ => 33 })}m{run.Value}\e[0m")
        : line;

    [GeneratedRegex("█+|░+|▒+")]
    private static partial Regex Runs();
}
