using System.Text.Json;
using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;
using Tumbler.Tests.Clock;

namespace Tumbler.Cli.Tests.Audit;

[Collection(OperationsCollection.Name)]
public sealed class WatchLogTests(OperatedServer server) : IDisposable
{
    /// <summary>A page has 200.</summary>
    private const int Many = 205;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_begins_with_the_last_ones_oldest_first()
    {
        await server.CreateOrganization("watch_a");
        await server.CreateOrganization("watch_b");

        (await Script.For(server, folder).Run("audit watch --resource-type ORGANIZATION --last 2 --count 2")).Is(0, """
            <time>  SUCCESS  CREATE ORGANIZATION/watch_a  by administrator:bootstrap of watch_a  org:watch_a#1
            <time>  SUCCESS  CREATE ORGANIZATION/watch_b  by administrator:bootstrap of watch_b  org:watch_b#1
            """);
    }

    /// <summary>Two pages are made between two questions: nothing may be left out, nothing come twice.</summary>
    [Fact]
    public async Task It_shows_each_new_entry_once_also_when_more_come_than_a_page_holds()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        using var watching = new StartedScript(
            Script.For(server, folder) with { Clock = clock }, $"audit watch --resource-type ORGANIZATION --json --count {Many}", TestContext.Current.CancellationToken);
        await watching.HasSaid("Watching.");

        for (var i = 0; i < Many; i++)
            await server.CreateOrganization($"watch_many_{i}");
        var said = await watching.Ends(() => clock.Advance(TimeSpan.FromSeconds(2)));

        Assert.Equal((0, "Watching. Ctrl+C ends it.\n"), (said.Code, said.Errors));
        Assert.Equal(
            Enumerable.Range(0, Many).Select(i => $"watch_many_{i}"),
            said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("resource_id").GetString()));
    }

    [Fact]
    public async Task An_interrupt_ends_it_as_a_shell_has_it()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var watching = new StartedScript(Script.For(server, folder), "audit watch", stop.Token);
        await watching.HasSaid("Watching.");

        await stop.CancelAsync();

        (await watching.Ended).Is(130, "", "Watching. Ctrl+C ends it.");
    }

    [Fact]
    public async Task A_server_that_never_answered_is_not_waited_for() =>
        Assert.Equal(69, (await Script.For(server, folder).With("TUMBLER_SERVER_URL", RunningServer.NobodyThere()).Run("audit watch")).Code);

    [Fact]
    public async Task More_than_a_page_of_last_ones_is_an_error_of_usage() => (await Script.For(server, folder).Run("audit watch --last 201")).Is(64, "", """
        tumbler: --last must be 0 to 200.
        Try: tumbler audit watch --help
        """);
}
