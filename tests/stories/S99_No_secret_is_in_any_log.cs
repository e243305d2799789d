using Tumbler.Stories.Tests.Secrets;

namespace Tumbler.Stories.Tests;

/// <summary>The last story: it reads what all processes of all others have said.</summary>
public sealed class S99_No_secret_is_in_any_log(StoryRun run)
{
    [Fact]
    public void Whatever_was_said_in_any_story()
    {
        Assert.SkipWhen(run.Secrets.Count == 0, "no other story ran, there is nothing to scan");
        // Their own secrets are theirs alone, but what has the form of one is found in the other projects' output too.
        string[] logs = [.. Directory.GetFiles(run.Logs), .. run.OtherProjectsOutput];
        var scan = new LogScan(run.Secrets.Parts);

        Assert.Empty(logs.SelectMany(scan.Faults));
        Assert.NotEqual(0, logs.Sum(log => new FileInfo(log).Length));
        run.Measured($"{logs.Length} logs with {logs.Sum(log => new FileInfo(log).Length):N0} bytes hold none of {run.Secrets.Count:N0} secrets");
    }
}
