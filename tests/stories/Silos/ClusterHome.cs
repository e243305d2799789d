using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tumbler.Tests.Postgres;
using Tumbler.Tests.Redis;

namespace Tumbler.Stories.Tests.Silos;

/// <summary>What silos of one cluster share: a PostgreSQL, a Redis, and the secrets that the first of them made.</summary>
public sealed class ClusterHome(StoryRun run) : IAsyncLifetime
{
    private static readonly string[] SharedFiles = ["admin.key", "api-keys.key", "audit.key", "audit.pfx", "kek.pfx"];

    private readonly PostgresCluster postgres = new();
    private readonly List<SiloHome> homes = [];
    private RedisServer? redis;

    internal RedisServer Redis => redis!;

    public async ValueTask InitializeAsync()
    {
        run.Secrets.Add(PostgresCluster.Password);
        run.Secrets.Add(RedisServer.Password);
        redis = await RedisServer.Start();
        NewDatabase("tumbler");
        await using var first = await NewHome("cluster-secrets").Start();
    }

    public void NewDatabase(string name) => postgres.Sql($"CREATE DATABASE {name} OWNER {PostgresCluster.Owner}");

    /// <summary>A place for a silo, with the secrets of the others.</summary>
    public SiloHome NewHome(string name)
    {
        var home = new SiloHome(run, name);
        if (homes.Count > 0)
        {
            Directory.CreateDirectory(home.Data);
            foreach (var file in SharedFiles)
                File.Copy(Path.Combine(homes[0].Data, file), Path.Combine(home.Data, file));
        }

        homes.Add(home);
        return home;
    }

    /// <summary>For a silo on a port of its own; settings that are given again win.</summary>
    public string[] Settings(SiloHome home, int port, params string[] more)
    {
        Write(home, "redis", Redis.ConnectionString);
        return
        [
            "--Engine:Kind=cluster", "--Storage:Kind=postgres", .. Database(home, "tumbler"),
            $"--Cluster:Redis:ConnectionString_FILE={Path.Combine(home.Directory, "redis")}",
            $"--Tokens:Issuer={homes[0].Issuer}", string.Create(CultureInfo.InvariantCulture, $"--Cluster:SiloPort={port}"),
            $"--Cluster:SiloName={home.Name}", .. more,
        ];
    }

    public string[] Database(SiloHome home, string name) =>
        [$"--Storage:Postgres:ConnectionString_FILE={Write(home, name, postgres.ConnectionString(PostgresCluster.Owner, name))}"];

    public static string Write(SiloHome home, string name, string content)
    {
        var path = Path.Combine(home.Directory, name);
        File.WriteAllText(path, content);
        return path;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        postgres.Dispose();
        foreach (var home in homes)
            home.Dispose();
    }
}
