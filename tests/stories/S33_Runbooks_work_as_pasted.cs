using Tumbler.Stories.Tests.Readme;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

/// <summary>Those that a single process is enough for; the others are followed on what the production checklist gives.</summary>
public sealed class S33_Runbooks_work_as_pasted(StoryRun run)
{
    private static readonly string[] Pages = ["rotation-stalled", "api-key-leaked", "key-leaked", "clock-off", "cluster-split", "audit-drops"];

    private const string Acme = """
        admin "$TUMBLER/api/v1/organizations" -d '{"slug": "acme", "name": "Acme", "email": "ops@acme.example"}' >/dev/null
        admin "$TUMBLER/api/v1/organizations/acme/api-keys" -d '{"name": "billing", "scopes": ["invoices:read"]}' >/dev/null
        """;

    [Fact]
    public async Task One_after_the_other_on_a_silo_of_its_own()
    {
        using var home = new SiloHome(run, "runbooks");
        await using var silo = await home.Start();
        var preamble = ShellBlocks.Of(await Page("README"));
        string[] blocks = [.. preamble, Acme];
        foreach (var page in Pages)
            blocks = [.. blocks, .. ShellBlocks.Of(await Page(page))];

        var pasted = await Shell.Paste(home.Directory, blocks, new Dictionary<string, string?>
        {
            ["TUMBLER"] = home.Issuer,
            ["TUMBLER_SILOS"] = home.Issuer,
            ["TUMBLER_ADMIN_KEY_FILE"] = Path.Combine(home.Data, "admin.key"),
        });
        var output = string.Concat(pasted.Select(block => block.Output));
        await File.WriteAllTextAsync($"{run.NewLog("runbooks")}.log", output, TestContext.Current.CancellationToken);
        foreach (var (block, n) in pasted.Select((block, n) => (block, n)))
            Assert.True(block.Code == 0, $"A command of this block ended with {block.Code}:\n{blocks[n]}\nIt printed:\n{block.Output}");
        Assert.Equal(blocks.Length, pasted.Count);
        foreach (var sight in (string[])["\"status\":\"suspended\"", "\"state\":\"revoked\"", "\"outcome\":\"immediate\"", "gone", "tumbler_cluster_silos_seen 1", "they agree", "tumbler_security_events_dropped_total 0"])
            Assert.Contains(sight, output, StringComparison.Ordinal);
    }

    private Task<string> Page(string name) =>
        File.ReadAllTextAsync(Path.Combine(run.Root, "docs", "runbooks", $"{name}.md"), TestContext.Current.CancellationToken);
}
