using Tumbler.Stories.Tests.Deploy;

namespace Tumbler.Stories.Tests;

/// <summary>The checklist and, on what it gives, the runbooks that need a cluster.</summary>
public sealed class S33_The_production_checklist_gives_a_hardened_cluster(StoryRun run)
{
    private const string Acme = """
        admin "$TUMBLER/api/v1/organizations" -d '{"slug": "acme", "name": "Acme", "email": "ops@acme.example"}' >/dev/null
        admin "$TUMBLER/api/v1/organizations/acme/api-keys" -d '{"name": "billing", "scopes": ["invoices:read"]}' >/dev/null
        """;

    [Fact]
    public async Task Followed_to_the_letter_and_kept_by_its_runbooks()
    {
        StoryRun.LongFormOnly();
        Assert.SkipUnless(Environment.UserName == "root", "The checklist is for root.");
        using var installation = new Installation(run);

        var seen = await installation.Checklist();
        foreach (var sight in (string[])
            ["secrets are made", "the silos have certificates", "the gateway is right", "silo-1 is ready", "silo-2 is ready", "silo-3 is ready", "\"issuer\":\"https://tokens.example\"", "\"unreadable_keys\":0", "\"valid\":true", "Strict-Transport-Security", "metrics without a token: 401"])
        {
            Assert.Contains(sight, seen, StringComparison.Ordinal);
        }

        Assert.Equal(3, seen.Split("\"status\":\"active\"").Length - 1);
        await Secrets_are_nobody_elses(installation);

        await installation.Runbook("rotation-stalled");
        await installation.Paste("acme", [.. Tumbler.Stories.Tests.Readme.ShellBlocks.Of(await File.ReadAllTextAsync(Path.Combine(run.Root, "docs/runbooks/README.md"), TestContext.Current.CancellationToken)), Acme]);
        await installation.Runbook("api-key-leaked");
        Assert.Contains("gone", await installation.Runbook("key-leaked"), StringComparison.Ordinal);
        await installation.Runbook("kek-rotation");
        await installation.Runbook("shared-key");
        Assert.Contains("they agree", await installation.Runbook("cluster-split"), StringComparison.Ordinal);
        Assert.Contains("tumbler_clock_difference_seconds", await installation.Runbook("clock-off"), StringComparison.Ordinal);
        await installation.Runbook("audit-drops");

        installation.Postgres.Crash();
        var away = await installation.Runbook("postgres-lost", blocks: ..2);
        Assert.Contains("degraded", away, StringComparison.Ordinal);
        Assert.Contains("key set: 200", away, StringComparison.Ordinal);
        installation.Postgres.Start();
        await installation.Runbook("postgres-lost", blocks: 2..);

        await installation.Service("stop", "redis");
        Directory.Delete(Path.Combine(installation.Lib, "redis"), recursive: true);
        await installation.Paste("redis-folder", ["install -d -m 700 -o nobody \"$TUMBLER_TOP/var/lib/tumbler/redis\""]);
        await installation.Runbook("redis-lost");

        Assert.Contains("3 \"version\"", await installation.Runbook("upgrade"), StringComparison.Ordinal);
    }

    /// <summary>No file with a secret is read by anybody but root and the service.</summary>
    private static Task Secrets_are_nobody_elses(Installation installation)
    {
        var open = new DirectoryInfo(installation.Etc).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => (file.UnixFileMode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite)) != 0)
            .Select(file => file.Name);
        Assert.Empty(open);
        return Task.CompletedTask;
    }
}
