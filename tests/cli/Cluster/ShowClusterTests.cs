using System.Text.RegularExpressions;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Cluster;

public sealed partial class ShowClusterTests(RunningServer server) : ScriptTests(server)
{
    [Fact]
    public async Task It_shows_the_one_process_that_there_is()
    {
        var said = await Admin.Run("cluster");

        Assert.Equal((0, "* has answered.\n"), (said.Code, said.Errors));
        Assert.StartsWith("engine     single\ncluster    -\nreminders  -\n\nSILO ", said.Output, StringComparison.Ordinal);
        Assert.Matches(Row(), said.Output.Split('\n')[5]);
    }

    [Fact]
    public async Task As_json_it_is_the_servers_answer()
    {
        var cluster = (await Admin.Run("cluster --json")).Document();

        Assert.Equal(["engine", "id", "silos", "reminders"], cluster.EnumerateObject().Select(member => member.Name));
    }

    [GeneratedRegex(@"^\S+ \*\s+-\s+active\s+0\.1\.0\S*\s+[0-9]+\s+[0-9]+\s+[0-9]+\.[0-9] s\s+-$")]
    private static partial Regex Row();
}
