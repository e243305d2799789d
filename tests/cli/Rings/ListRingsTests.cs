using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Rings;

/// <summary>With a server of its own: nobody else makes rings there.</summary>
public sealed class ListRingsTests(ListRingsTests.OwnServer server) : IClassFixture<ListRingsTests.OwnServer>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_lists_the_rings_as_a_table() =>
        (await Script.For(server, folder).Run("rings list")).Is(0, """
            RING     ALGORITHM  KEYS  ROTATIONS  SIGNING KID                           NEXT SWITCH
            default  RS256      2     0          <id>  <time>
            """);

    [Fact]
    public async Task As_json_it_is_the_servers_answer_to_the_letter()
    {
        var said = await Script.For(server, folder).Run("rings list --json");

        Assert.Equal("default", said.Document().GetProperty("items")[0].GetProperty("ring").GetString());
        Assert.Equal("PT24H", said.Document().GetProperty("items")[0].GetProperty("policy").GetProperty("interval").GetString());
        Assert.StartsWith("{\"items\":[{\"ring\":\"default\",\"issuer\":", said.Output, StringComparison.Ordinal);
        Assert.EndsWith("],\"next_cursor\":null}\n", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_cursor_is_refused_by_the_server() =>
        (await Script.For(server, folder).Run("rings list --cursor nowhere")).Is(2, "", "tumbler: cursor must be the next_cursor of a page of this list.");

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("many")]
    public async Task A_limit_that_no_list_has_is_an_error_of_usage(string limit) =>
        (await Script.For(server, folder).Run($"rings list --limit {limit}")).Is(64, "", """
            tumbler: --limit must be a number from 1 to 200.
            Try: tumbler rings list --help
            """);

    public sealed class OwnServer : RunningServer;
}
