using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Postgres;

namespace Tumbler.Stories.Tests;

public sealed class S4_A_silo_on_PostgreSQL_keeps_everything(StoryRun run)
{
    [Fact]
    public async Task Migrated_by_the_owner_killed_and_started_again_by_the_runtimes_role()
    {
        using var cluster = new PostgresCluster();
        cluster.Sql($"CREATE DATABASE tumbler OWNER {PostgresCluster.Owner}");
        run.Secrets.Add(PostgresCluster.Password);
        using var home = new SiloHome(run, "postgres");
        string[] owner = Settings(home, cluster, PostgresCluster.Owner, migrate: true);
        string[] runtime = Settings(home, cluster, PostgresCluster.Runtime, migrate: false);

        var early = await SiloProcess.RunToEnd(home, runtime);
        Assert.Equal(78, early.Code);
        Assert.Contains("Storage:Postgres:ConnectionString: Database 'tumbler' at 127.0.0.1:", early.Errors, StringComparison.Ordinal);
        Assert.Contains("has no schema", early.Errors, StringComparison.Ordinal);

        Clients.NewApiKey client;
        Clients.Token token;
        IReadOnlyList<Clients.RingKey> keys;
        await using (var silo = await home.Start(owner))
        {
            await silo.Admin.CreateOrganization("acme");
            client = await silo.Admin.CreateApiKey("acme", "https://invoices.example");
            token = await silo.Tokens.ByBasic(client);
            keys = await silo.Admin.Keys("default");
            await silo.Kill();
        }

        await using var again = await home.Start(runtime);
        Assert.Equal(["acme"], await again.Admin.Organizations());
        Assert.True((await again.Admin.VerifyApiKey(client.Key)).Valid);
        Assert.Equal(keys, await again.Admin.Keys("default"));
        Assert.Equal(token.Kid, (await again.Tokens.ByBasic(client)).Kid);
        var audit = await again.Admin.VerifyAudit();
        Assert.True(audit is { Valid: true, Chains: 2 }, audit.ToString());
        Assert.False(File.Exists(home.Journal));

        // The database goes away and comes back: what is in memory is served, and changes are taken again afterwards.
        cluster.Crash();
        Assert.Equal(token.Kid, (await again.Tokens.ByBasic(client)).Kid);
        cluster.Start();
        await Until.True("changes are taken again", TimeSpan.FromSeconds(30), async () =>
            (await again.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        await again.Admin.CreateOrganization("later");
        Assert.Equal(["acme", "later"], await again.Admin.Organizations());
    }

    private static string[] Settings(SiloHome home, PostgresCluster cluster, string user, bool migrate)
    {
        var file = Path.Combine(home.Directory, $"{user}.connection");
        File.WriteAllText(file, cluster.ConnectionString(user, "tumbler"));
        return ["--Storage:Kind", "postgres", "--Storage:Postgres:ConnectionString_FILE", file, "--Storage:Postgres:Migrate", migrate ? "true" : "false"];
    }
}
