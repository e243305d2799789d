using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Organizations;

/// <summary>With a server of its own: nobody else makes organisations there.</summary>
public sealed class ListOrgsTests(ListOrgsTests.OwnServer server) : ScriptTests(server), IClassFixture<ListOrgsTests.OwnServer>
{
    [Fact]
    public async Task It_lists_page_by_page()
    {
        (await Admin.Run("orgs list")).Is(0, "", "There are none.");
        foreach (var slug in (string[])["bbb", "aaa", "ccc"])
            await Given($"orgs create {slug} --name Name_{slug} --email {slug}@list.example");

        var first = await Admin.Run("orgs list --limit 2");
        var cursor = first.Errors.Split(' ', '\n')[^2];

        (first with { Errors = first.Errors.Replace(cursor, "<cursor>", StringComparison.Ordinal) }).Is(0, """
            SLUG  NAME      EMAIL             STATUS  KEYS  CREATED AT
            aaa   Name_aaa  aaa@list.example  active  0     <time>
            bbb   Name_bbb  bbb@list.example  active  0     <time>
            """, "There are more: --cursor <cursor>");
        (await Admin.Run($"orgs list --cursor {cursor}")).Is(0, """
            SLUG  NAME      EMAIL             STATUS  KEYS  CREATED AT
            ccc   Name_ccc  ccc@list.example  active  0     <time>
            """);
        Assert.Equal(
            ["aaa", "bbb", "ccc"],
            (await Admin.Run("orgs list --json")).Document().GetProperty("items").EnumerateArray().Select(org => org.GetProperty("slug").GetString()));
    }

    public sealed class OwnServer : RunningServer;
}
