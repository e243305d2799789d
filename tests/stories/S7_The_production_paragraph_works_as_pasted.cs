using System.Globalization;
using Tumbler.Stories.Tests.Readme;
using Tumbler.Tests.Postgres;

namespace Tumbler.Stories.Tests;

public sealed class S7_The_production_paragraph_works_as_pasted(StoryRun run)
{
    private const int Port = 8080;

    /// <summary>What a reader would do next: use it, and stop it.</summary>
    private static readonly string[] Afterwards =
    [
        """
        admin() { curl -sS --fail-with-body -H @<(printf 'X-Admin-Key: %s' "$(cat secrets/admin)") -H 'Content-Type: application/json' "$@"; }
        admin http://127.0.0.1:8080/api/v1/organizations -d '{"slug": "acme", "name": "Acme", "email": "ops@acme.example"}'
        admin -X POST http://127.0.0.1:8080/api/v1/admin/audit-logs/verify
        """,
        "curl -sS --fail-with-body http://127.0.0.1:8080/.well-known/openid-configuration",
        "silo=$(jobs -p); kill $silo; wait $silo",
        "[ ! -e data ] && echo there is no data directory",
    ];

    [Fact]
    public async Task Roles_certificate_and_secrets_as_it_says()
    {
        Assert.SkipUnless(SourceCopy.IsFree(Port), $"port {Port}, which the README names, is taken on this machine");
        var blocks = ShellBlocks.Of(
            await File.ReadAllTextAsync(Path.Combine(run.Root, "README.md"), TestContext.Current.CancellationToken), "In production");
        using var cluster = new PostgresCluster(roles: false);
        run.Secrets.Add(PostgresCluster.Password);
        using var copy = await SourceCopy.Of(run.Root);

        var pasted = await Shell.Paste(copy.Path, [.. blocks, .. Afterwards], new Dictionary<string, string?>
        {
            ["PGHOST"] = "127.0.0.1",
            ["PGPORT"] = cluster.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = PostgresCluster.Superuser,
            ["PGPASSWORD"] = PostgresCluster.Password,
            ["DOTNET_ENVIRONMENT"] = null,
            ["ASPNETCORE_ENVIRONMENT"] = null,
        });

        foreach (var secret in Directory.EnumerateFiles(Path.Combine(copy.Path, "secrets")).Where(file => !Path.HasExtension(file)))
            run.Secrets.Add((await File.ReadAllTextAsync(secret, TestContext.Current.CancellationToken)).Trim());
        var output = string.Concat(pasted.Select(block => block.Output));
        await File.WriteAllTextAsync(run.NewLog("production") + ".log", output, TestContext.Current.CancellationToken);
        Assert.True(pasted.All(block => block.Code == 0) && pasted.Count == blocks.Count + Afterwards.Length, output);
        foreach (var sight in (string[])["The schema is migrated from version 0 to ", "\"slug\":\"acme\"", "\"valid\":true", "\"issuer\":\"https://tokens.example\""])
            Assert.Contains(sight, output, StringComparison.Ordinal);
        Assert.Equal("there is no data directory\n", pasted[^1].Output);
    }
}
