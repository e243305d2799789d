using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Tumbler.Bench.Load;
using Tumbler.Tests.Postgres;

namespace Tumbler.Bench.Growth;

/// <summary>A silo for each size, each with a database of its own on one server. Its commits do not wait for the disk: how long that
/// takes has nothing to do with how much there is.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private const int Interrupted = 130;

    private readonly List<SizedSilo> silos = [];
    private readonly PosixSignalRegistration[] signals;
    private readonly Lock gate = new();
    private Task? ending;

    /// <summary>It runs for minutes, and whoever ends it before is left with no processes.</summary>
    private Fleet() => signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, EndEverything),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndEverything),
    ];

    public IReadOnlyList<SizedSilo> Silos => silos;

    private PostgresCluster Postgres { get; } = new();

    /// <param name="before">What is in the database before its silo starts; null for nothing.</param>
    public static async Task<Fleet> Start(
        string part, IReadOnlyList<int> sizes, Func<PostgresCluster, SizedDatabase, Task>? before = null, params string[] settings)
    {
        var fleet = new Fleet();
        try
        {
            foreach (var size in sizes)
            {
                var database = fleet.Create(size);
                if (before is not null)
                    await before(fleet.Postgres, database);
                var silo = await Silo.Start(
                    database.ConnectionString,
                    [
                        "--ApiKeys:HashKey", Convert.ToBase64String(database.HashKey), "--Audit:Key", Convert.ToBase64String(database.AuditKey),
                        "--Limits:Admin", "off", "--Tokens:Lifetime", "1h", .. settings,
                    ]);
                fleet.silos.Add(new SizedSilo(size, database, silo));
                Console.WriteLine($"{part}: a silo for {size} runs");
            }

            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>As the database server's superuser.</summary>
    public void Sql(SizedDatabase database, string sql) => Postgres.Sql(sql, database.Name);

    /// <summary>Of each.</summary>
    public async Task<IReadOnlyList<GrowthMemory>> Memory()
    {
        var memory = new List<GrowthMemory>();
        foreach (var each in silos)
            memory.Add(new GrowthMemory(each.Size, Math.Round(each.Silo.Memory(), 1), Math.Round(await each.ManagedMemory(), 1)));
        return memory;
    }

    public ValueTask DisposeAsync()
    {
        lock (gate)
            return new ValueTask(ending ??= End());
    }

    private async Task End()
    {
        foreach (var each in silos)
            await each.DisposeAsync();
        Postgres.Dispose();
        foreach (var signal in signals)
            signal.Dispose();
    }

    private async void EndEverything(PosixSignalContext context)
    {
        context.Cancel = true;
        await DisposeAsync();
        Environment.Exit(Interrupted);
    }

    private SizedDatabase Create(int size)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"growth_{size}");
        Postgres.Sql($"CREATE DATABASE {name} OWNER {PostgresCluster.Owner}");
        return new SizedDatabase(
            size, name, Postgres.ConnectionString(PostgresCluster.Owner, name), RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
    }
}
