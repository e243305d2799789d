using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Demo.Reports;

/// <summary>Lines, one below the other: for pipes, logs and the recording in the README.</summary>
internal sealed class PlainReport(TextWriter output) : IDemoReport
{
    private HourBlock? block;

    public void Tell(DemoEvent happened)
    {
        switch (happened)
        {
            case DemoEvent.HourPassed(var row):
                EndBlock(before: row.Hour);
                block = block is null ? HourBlock.Of(row) : block.With(row);
                break;
            case DemoEvent.Switched(var change):
                EndBlock(before: (int)change.At.TotalHours);
                Lines(DemoText.Of(happened));
                break;
            case DemoEvent.Passed:
                break;
            default:
                EndBlock(before: int.MaxValue);
                Lines(DemoText.Of(happened));
                break;
        }
    }

    private void EndBlock(int before)
    {
        if (block is null || block.Until > before)
            return;
        output.WriteLine(block.ToString());
        block = null;
    }

    private void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            output.WriteLine(line);
        output.Flush();
    }
}
