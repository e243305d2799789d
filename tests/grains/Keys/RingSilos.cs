using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;
using Orleans.TestingHost;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Engine;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Snapshots;
using Tumbler.Grains.Keys;
using Tumbler.Grains.Snapshots;
using Tumbler.Grains.Wire;
using Tumbler.Storage.Exports;
using Tumbler.Storage.Journal;
using Tumbler.Storage.Protection;
using Tumbler.Tests.Clock;

namespace Tumbler.Grains.Tests.Keys;

/// <summary>Two silos over one real journal. Keys, sweeps and reminders go by a clock that stands still.</summary>
internal sealed class RingSilos : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly X509Certificate2 Kek = X509CertificateLoader.LoadPkcs12(DevelopmentCertificate.Create(Start), password: null);
    private static readonly AuditSigner Signer = new(X509CertificateLoader.LoadPkcs12(DevelopmentAuditCertificate.Create(Start), password: null));

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tumbler-grains-");
    private readonly Journal journal;
    private readonly InProcessTestCluster cluster;

    private RingSilos()
    {
        Assert.True(Journal.TryOpen(directory.FullName, NullLogger<Journal>.Instance, out var opened, out var failure), failure?.Message);
        journal = opened;
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock).AddOwners(Engine).AddOrleansClocks(TimeProvider.System);
            silo.UseInMemoryReminderService().AddIncomingGrainCallFilter(Watch).AddGrainService<SnapshotService>();
        });
        builder.ConfigureClientHost(host => host.Services.AddSerializer(serializer => serializer.AddContracts()));
        cluster = builder.Build();
    }

    public ManualClock Clock { get; } = new(Start);

    public IReadOnlyList<InProcessSiloHandle> Silos => cluster.Silos;

    /// <summary>What becomes of an owner's answer on its way.</summary>
    public Func<Task> AfterChange { get; set; } = () => Task.CompletedTask;

    private EngineSetup Engine => new()
    {
        Store = journal,
        Protector = new CmsKeyProtector([Kek]),
        AuditKey = new AuditKey("an audit key for nothing but tests"u8),
        Proofs = new AuditProofs(Signer, "tests.example/audit", [], new ExportFolders("/nowhere"), null),
        HashKey = new byte[32],
        Issuer = "https://tumbler.example",
        Rings = new Dictionary<RingId, PutRing> { [RingId.Default] = new(Algorithm: "ES256") }.ToFrozenDictionary(),
    };

    public static async Task<RingSilos> Deploy()
    {
        var silos = new RingSilos();
        await silos.cluster.DeployAsync();
        return silos;
    }

    public static ClusterKeyRings RingsAt(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<ClusterKeyRings>();

    /// <summary>What a verifier gets from this silo.</summary>
    public IEnumerable<Kid> PublishedAt(InProcessSiloHandle silo)
    {
        Assert.True(silo.ServiceProvider.GetRequiredService<RingSnapshots>().TryGet(RingId.Default, out var ring));
        using var jwks = JsonDocument.Parse(ring.At(Clock.Now).Documents.Jwks.Plain);
        return [.. jwks.RootElement.GetProperty("keys").EnumerateArray().Select(key => Kid.Parse(key.GetProperty("kid").GetString()!))];
    }

    public async Task<KeyRing> Ring() => (await journal.Rings.Load(RingId.Default, CancellationToken.None))!.State;

    public async Task<int> Reminders() =>
        (await Silos[0].ServiceProvider.GetRequiredService<IReminderTable>().ReadRows(0, 0)).Reminders.Count;

    public InProcessSiloHandle Owner()
    {
        Assert.True(cluster.TryGetGrainContext(Grain.GetGrainId(), out var context));
        return Silos.Single(silo => silo.SiloAddress.Equals(context.Address.SiloAddress));
    }

    /// <summary>Without a word to the others.</summary>
    public Task Kill(InProcessSiloHandle silo) => cluster.KillSiloAsync(silo);

    public static async Task Until(Func<Task<bool>> done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await done())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
        journal.Dispose();
        directory.Delete(recursive: true);
    }

    private IKeyRingGrain Grain => cluster.Client.GetGrain<IKeyRingGrain>(RingId.Default.Value);

    private async Task Watch(IIncomingGrainCallContext call)
    {
        await call.Invoke();
        if (call.MethodName == nameof(IKeyRings.Rotate))
            await AfterChange();
    }
}
