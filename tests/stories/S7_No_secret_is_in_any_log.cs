using Tumbler.Stories.Tests.Secrets;

namespace Tumbler.Stories.Tests;

/// <summary>The last story: it reads what all processes of all others have said.</summary>
public sealed class S7_No_secret_is_in_any_log(StoryRun run)
{
    [Fact]
    public void Whatever_was_said_in_any_story()
    {
        Assert.SkipWhen(run.Secrets.Count == 0, "no other story ran, there is nothing to scan");
        var logs = Directory.GetFiles(run.Logs);
        var scan = new LogScan(run.Secrets.Parts);

        Assert.Empty(logs.SelectMany(scan.Faults));
        Assert.NotEqual(0, logs.Sum(log => new FileInfo(log).Length));
        run.Measured($"{logs.Length} logs with {logs.Sum(log => new FileInfo(log).Length):N0} bytes hold none of {run.Secrets.Count:N0} secrets");
    }
}
