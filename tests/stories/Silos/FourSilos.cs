using Tumbler.Tests.Postgres;

namespace Tumbler.Stories.Tests.Silos;

/// <summary>Four silos, each a process of its own, on one real PostgreSQL database that is empty when they start, all at
/// once. They have the same secrets, the same issuer and the same fast clock: the first one's, made in an earlier start.</summary>
public sealed class FourSilos(StoryRun run) : IAsyncLifetime
{
    private const string ClockRate = "3600";

    private readonly PostgresCluster cluster = new();
    private readonly SiloHome[] homes = [.. Enumerable.Range(1, 4).Select(n => new SiloHome(run, $"four-{n}"))];

    public IReadOnlyList<SiloProcess> Silos { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        run.Secrets.Add(PostgresCluster.Password);
        await using (await homes[0].Start("--Development:ClockRate", ClockRate))
        {
        }

        foreach (var home in homes[1..])
        {
            Directory.CreateDirectory(home.Data);
            foreach (var file in (string[])["admin.key", "api-keys.key", "audit.key", "audit.pfx", "kek.pfx", "clock.anchor"])
                File.Copy(Path.Combine(homes[0].Data, file), Path.Combine(home.Data, file));
        }

        cluster.Sql($"CREATE DATABASE tumbler OWNER {PostgresCluster.Owner}");
        Silos = await Task.WhenAll(homes.Select(home => home.Start(Settings(home))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos)
            await silo.DisposeAsync();
        foreach (var home in homes)
            home.Dispose();
        cluster.Dispose();
    }

    private string[] Settings(SiloHome home)
    {
        var connection = Path.Combine(home.Directory, "connection");
        File.WriteAllText(connection, cluster.ConnectionString(PostgresCluster.Owner, "tumbler"));
        return
        [
            "--Storage:Kind", "postgres", "--Storage:Postgres:ConnectionString_FILE", connection,
            "--Tokens:Issuer", homes[0].Issuer, "--Development:ClockRate", ClockRate,
        ];
    }
}
