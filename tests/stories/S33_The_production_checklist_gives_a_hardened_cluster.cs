using Tumbler.Stories.Tests.Deploy;
using Tumbler.Stories.Tests.Readme;

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
            ["secrets are made", "the silos have certificates", "the gateway is right", "silo-1 is ready", "silo-2 is ready", "silo-3 is ready", $"\"issuer\":\"{installation.Issuer}\"", "\"unreadable_keys\":0", "\"valid\":true", "Strict-Transport-Security", "metrics without a token: 401", "All is well.\n"])
        {
            Assert.Contains(sight, seen, StringComparison.Ordinal);
        }

        Assert.Equal(3, seen.Split("\"status\":\"active\"").Length - 1);
        Secrets_are_nobody_elses(installation);
        foreach (var part in (string[])["silo-1", "silo-2", "silo-3", "redis"])
            Has_no_rights(installation.ProcessOf(part));

        await installation.Runbook("rotation-stalled");
        await installation.Paste("acme", [.. ShellBlocks.Of(await File.ReadAllTextAsync(Path.Combine(run.Root, "docs/runbooks/README.md"), TestContext.Current.CancellationToken)), Acme]);
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
    private static void Secrets_are_nobody_elses(Installation installation)
    {
        var open = new DirectoryInfo(installation.Etc).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => (file.UnixFileMode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite)) != 0)
            .Select(file => file.Name);
        Assert.Empty(open);
    }

    private static void Has_no_rights(int process)
    {
        var status = File.ReadLines($"/proc/{process}/status").Select(line => line.Split(':', 2)).ToDictionary(line => line[0], line => line[1].Trim());
        Assert.DoesNotContain("0", status["Uid"].Split('\t'));
        Assert.DoesNotContain("0", status["Gid"].Split('\t'));
        Assert.Equal((new string('0', 16), "1"), (status["CapEff"], status["NoNewPrivs"]));
    }
}
