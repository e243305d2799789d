using System.Text.Json;
using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Audit;

[Collection(OperationsCollection.Name)]
public sealed class QueryLogTests(OperatedServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_shows_what_was_done_to_one_organisation()
    {
        await server.CreateOrganization("query_one");

        (await Run("audit query query_one")).Is(0, """
            TIME                  STATUS   ACTION  RESOURCE                ACTOR                    ORG        ENTRY
            <time>  SUCCESS  CREATE  ORGANIZATION/query_one  administrator:bootstrap  query_one  org:query_one#1
            """);
    }

    [Theory]
    [InlineData(1, "--action CREATE")]
    [InlineData(1, "--action create --status success --from 1h --until 2100-01-01")]
    [InlineData(0, "--action DELETE")]
    [InlineData(0, "--status FAILURE")]
    [InlineData(1, "--resource-type ORGANIZATION --resource-id query_filters")]
    [InlineData(0, "--resource-id another")]
    [InlineData(0, "--resource-type RING")]
    [InlineData(1, "--actor bootstrap")]
    [InlineData(0, "--actor nobody")]
    [InlineData(0, "--until 2020-01-01")]
    [InlineData(0, "--from 2100-01-01T00:00:00Z")]
    public async Task Every_filter_reaches_the_server(int entries, string filters)
    {
        if ((await Run("audit query query_filters --json")).Document().GetProperty("items").GetArrayLength() == 0)
            await server.CreateOrganization("query_filters");

        var found = (await Run($"audit query query_filters --json {filters}")).Document().GetProperty("items").GetArrayLength();

        Assert.Equal(entries, found);
    }

    [Fact]
    public async Task What_matches_nothing_says_so() =>
        (await Run("audit query nobody_there")).Is(0, "", "There are none.");

    [Fact]
    public async Task Pages_follow_each_other_and_all_of_them_are_the_whole_log()
    {
        await server.CreateOrganization("query_page_1");
        await server.CreateOrganization("query_page_2");

        var first = (await Run("audit query --limit 1 --json")).Document();
        var cursor = first.GetProperty("next_cursor").GetString();
        var second = (await Run($"audit query --limit 1 --json --cursor {cursor}")).Document();
        var all = await Run("audit query --all --json");

        Assert.Equal((0, ""), (all.Code, all.Errors));
        var lines = all.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(first.GetProperty("items")[0].GetRawText(), lines[0]);
        Assert.Equal(second.GetProperty("items")[0].GetRawText(), lines[1]);
        Assert.All(lines, line => Assert.NotEqual(JsonValueKind.Undefined, JsonDocument.Parse(line).RootElement.GetProperty("hash").ValueKind));
        Assert.Contains($"There are more: --cursor {cursor}\n", (await Run("audit query --limit 1")).Errors, StringComparison.Ordinal);
        Assert.Equal(lines.Length, (await Run("audit query --all")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.Contains('#', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_the_server_refuses_it_says_itself() => (await Run("audit query --from yesterday")).Is(
        2, "", "tumbler: from must be an RFC 3339 time such as <time>.");

    [Fact]
    public async Task An_action_that_is_none_is_an_error_of_usage() => (await Run("audit query --action CHANGE")).Is(64, "", """
        tumbler: --action must be one of CREATE, UPDATE, DELETE, EXECUTE, ROTATE, REVOKE.
        Try: tumbler audit query --help
        """);

    private Task<Said> Run(string words) => Script.For(server, folder).Run(words);
}
