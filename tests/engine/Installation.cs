using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Single;
using Tumbler.Engine.Store;
using Tumbler.Engine.Tests.Logging;
using Tumbler.Engine.Tests.Protection;
using Tumbler.Engine.Tests.Store;
using Tumbler.Storage.Exports;
using Tumbler.Storage.Journal;
using Tumbler.Tests.Clock;

namespace Tumbler.Engine.Tests;

/// <summary>A data directory with a real journal, its secrets, a clock that stands still, and the nodes started on it.</summary>
internal sealed class Installation : IDisposable
{
    public const string Issuer = "https://issuer.example";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly AuditKey AuditKey = new("an audit key for nothing but tests"u8);

    public static readonly byte[] HashKey = "a key of API-key hashes, for tests only"u8.ToArray();

    /// <summary>Generating RSA keys is slow.</summary>
    public static readonly FrozenDictionary<RingId, PutRing> FastKeys =
        new Dictionary<RingId, PutRing> { [RingId.Default] = new(Algorithm: "ES256") }.ToFrozenDictionary();

    private readonly string directory = Directory.CreateTempSubdirectory("tumbler-engine-").FullName;
    private readonly List<Node> nodes = [];
    private Journal? journal;

    public Installation() => Store = new FaultyStore(Journal);

    public ManualClock Clock { get; } = new(Start);

    public Journal Journal => journal ??= Open();

    public FaultyStore Store { get; private set; }

    /// <summary>Of the nodes that are made from now on.</summary>
    public FaultyProtector Protector { get; set; } = new(Certificates.Protector);

    public KeptLog Log { get; } = new();

    /// <summary>Gets what is published at an address; null when it can't.</summary>
    public Func<Uri, Task<byte[]?>> FetchKeys { get; set; } = _ => Task.FromResult<byte[]?>(null);

    public X509Certificate2Collection ClientAuthorities { get; set; } = [];

    public ITimestampAuthority? Timestamps { get; set; }

    public AuditProofs Proofs => new(Certificates.AuditSigner, "issuer.example/audit", [], new ExportFolders(ExportDirectory), Timestamps);

    public string ExportDirectory => Path.Combine(directory, "exports");

    /// <summary>With another store or key than this installation's.</summary>
    public AuditLog NewAuditLog(IStore store, AuditKey? key = null) => new(store, key ?? AuditKey, Proofs, NullLogger<AuditLog>.Instance);

    public Checkpoints NewCheckpoints(IStore? store = null) =>
        new(store ?? Journal, Proofs, Clock, new LoggerFactory([Log]).CreateLogger<Checkpoints>());

    public static CallContext Call(string? idempotencyKey = null) => Call(Actor.Administrator, idempotencyKey);

    public static CallContext Call(Actor actor, string? idempotencyKey = null) => new(actor, "request-1", "192.0.2.1", idempotencyKey);

    /// <summary>A process that composes the engine as the silo does, and has done nothing yet.</summary>
    public Node NewNode(FrozenDictionary<RingId, PutRing>? rings = null)
    {
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleEngine(new EngineSetup
            {
                Store = Store,
                Protector = Protector,
                AuditKey = AuditKey,
                Proofs = Proofs,
                HashKey = HashKey,
                Issuer = Issuer,
                MachineClock = Clock,
                Rings = rings ?? FastKeys,
                FetchKeys = FetchKeys,
                ClientAuthorities = () => ClientAuthorities,
            });
        var node = new Node(services.BuildServiceProvider(), Clock);
        nodes.Add(node);
        return node;
    }

    /// <summary>A process whose rings are up.</summary>
    public async Task<Node> StartNode(FrozenDictionary<RingId, PutRing>? rings = null)
    {
        var node = NewNode(rings);
        Assert.True((await node.Rings.Establish()).TryGet(out _, out var refusal), refusal?.Message);
        return node;
    }

    /// <summary>Lets go of the journal and reads it again, as a new process does. Nodes keep the old one.</summary>
    public void Restart()
    {
        journal?.Dispose();
        journal = null;
        Store = new FaultyStore(Journal);
    }

    /// <summary>Closes the journal and reads its file.</summary>
    public string JournalText()
    {
        journal?.Dispose();
        journal = null;
        return File.ReadAllText(Path.Combine(directory, "journal.jsonl"));
    }

    public async Task<KeyRing> Ring(RingId id) => (await Journal.Rings.Load(id, CancellationToken.None))!.State;

    public async Task<Organization> Organization(string slug) =>
        (await Journal.Organizations.Load(OrgSlug.Parse(slug), CancellationToken.None))!.State;

    /// <summary>As somebody with a hand on the store changes it; nodes that are running do not hear of it.</summary>
    public async Task Tamper(RingId id, Func<KeyRing, KeyRing> change)
    {
        var stored = (await Journal.Rings.Load(id, CancellationToken.None))!;
        var saved = await Journal.Rings.Save(change(stored.State), stored.Version, [], CancellationToken.None);
        Assert.Equal(SaveOutcome.Saved, saved.Outcome);
    }

    /// <summary>Every chain is whole, and as long as its owner says.</summary>
    public async Task AssertAuditVerifies()
    {
        var verified = await NewAuditLog(Journal).Verify();
        Assert.True(verified.Value is { Valid: true }, verified.Value?.FirstFault?.ToString());
    }

    public void Dispose()
    {
        nodes.ForEach(node => node.Dispose());
        journal?.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private Journal Open()
    {
        Assert.True(Journal.TryOpen(directory, NullLogger<Journal>.Instance, out var opened, out var failure), failure?.Message);
        return opened;
    }
}
