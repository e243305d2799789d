using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Keys;
using Tumbler.Engine;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Single;
using Tumbler.Engine.Revocations;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;
using Tumbler.Storage.Postgres;
using Tumbler.Storage.Protection;
using Tumbler.Storage.Tests.Protection;
using Tumbler.Tests.Clock;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>What rings and organisations leave behind in a process that has used each of them and then none for a while, on the
/// real database. The long form has as many as make the figure exact, and says what they cost while they are used.</summary>
[Collection(nameof(Alone))]
public sealed class IdleMemoryTests(PrivatePostgres server)
{
    private const double MostBytes = 1.5 * 1024;

    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly bool Long = Environment.GetEnvironmentVariable("TUMBLER_TEST_LONG") == "1";
    private static readonly int Rings = Long ? 5_000 : 250;
    private static readonly int Organizations = Long ? 20_000 : 1_000;

    private readonly ManualClock clock = new(Certificates.Now);

    [Fact]
    public async Task A_ring_and_an_organization_that_were_used_and_are_idle_take_less_than_one_and_a_half_kibibytes_each()
    {
        using var certificate = Certificates.Rsa();
        var connection = server.ConnectionString(PrivatePostgres.Runtime, server.NewMigratedDatabase());
        var clients = await Fill(connection, certificate);
        using var store = Stores.Open(connection);
        await using var node = Node(store, certificate);
        Assert.True((await node.GetRequiredService<KeyRings>().Establish()).Succeeded);

        // The first sixth makes the process what it is when it works: its code, its connections, its heaps.
        await Use(node, clients[..(Organizations / 5)], Enumerable.Range(0, Rings / 5));
        await TickAll(node);
        await Idle(node);
        var before = Memory.Now();
        var (taken, cpu) = await Timed(() => Use(node, clients[..1], Enumerable.Range(Rings / 5, Rings)));
        var used = Memory.Now();
        Report($"{Rings} rings used: {Each(used - before, Rings)}; {taken / Rings:F2} ms and {cpu / Rings:F2} ms of CPU for each first use");
        await Idle(node);
        clock.Advance(TimeSpan.FromHours(24));
        (taken, cpu) = await Timed(() => TickAll(node));
        Report($"ES256 rings ticked: {taken / Rings / 1.2:F2} ms and {cpu / Rings / 1.2:F2} ms of CPU each");
        await Idle(node);
        var rings = Memory.Now() - before;
        Report($"{Rings} rings idle: {Each(rings, Rings)}");

        before = Memory.Now();
        await Use(node, clients[(Organizations / 5)..], []);
        used = Memory.Now();
        Report($"{Organizations} organisations with a key each used: {Each(used - before, Organizations)}");
        await Idle(node);
        var organizations = Memory.Now() - before;
        Report($"{Organizations} organisations idle: {Each(organizations, Organizations)}");

        // As after a restart of the database, when everything is listed as changed.
        (taken, cpu) = await Timed(() => new SnapshotPoller(
            store, new StoreClock(), node.GetRequiredService<RingSnapshots>(), node.GetRequiredService<OrganizationSnapshots>(),
            node.GetRequiredService<LiveRevocations>(), clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<SnapshotPoller>.Instance).Poll(Go));
        Report($"everything listed as changed: {taken:F0} ms and {cpu:F0} ms of CPU");
        Assert.InRange(Memory.Now().Managed - before.Managed, long.MinValue, (long)(MostBytes * Organizations));

        foreach (var (memory, count) in ((Memory, int)[])[(rings, Rings), (organizations, Organizations)])
        {
            Assert.True(memory.Managed < MostBytes * count, Each(memory, count));
        }

        // What comes and goes with the process itself, some megabytes, is little only beside many.
        if (Long)
        {
            Assert.True(rings.Managed + organizations.Managed + (rings.Native + organizations.Native ?? 0) < MostBytes * (Rings + Organizations));
            Assert.True(rings.Resident + organizations.Resident < MostBytes * (Rings + Organizations));
        }

        if (Long)
            await KeyGeneration(node);
    }

    /// <summary>By another process, which leaves nothing behind in this one's caches.</summary>
    private async Task<TokenRequest[]> Fill(string connection, X509Certificate2 certificate)
    {
        using var store = Stores.Open(connection);
        await using var node = Node(store, certificate);
        Assert.True((await node.GetRequiredService<KeyRings>().Establish()).Succeeded);
        await AtOnce(Enumerable.Range(0, Rings + Rings / 5), async number => Assert.True(
            (await node.GetRequiredService<IKeyRings>().Put(Ring(number), new PutRing("ES256"), Call)).Succeeded));
        var clients = new TokenRequest[Organizations + Organizations / 5];
        await AtOnce(Enumerable.Range(0, clients.Length), async number =>
        {
            var org = $"org_{number}";
            Assert.True((await node.GetRequiredService<IOrganizations>().Create(new CreateOrganization(org, org, "it@acme.example"), Call)).Succeeded);
            Assert.True((await node.GetRequiredService<IApiKeys>().Create(OrgSlug.Parse(org), new CreateApiKey("service"), Call)).TryGet(out var key, out _));
            clients[number] = new TokenRequest(key.Id.ToString(), key.Key, null, [], RequestOrigin.Local);
        });
        return clients;
    }

    /// <summary>A token of each ring for the first client, and one of the default ring for each client.</summary>
    private static async Task Use(ServiceProvider node, TokenRequest[] clients, IEnumerable<int> rings)
    {
        var tokens = node.GetRequiredService<ITokens>();
        await AtOnce(rings, async ring => Assert.True((await tokens.Issue(Ring(ring), clients[0]))!.Value.TryGet(out _, out _)));
        await AtOnce(clients, async client => Assert.True((await tokens.Issue(RingId.Default, client))!.Value.TryGet(out _, out _)));
    }

    private static Task TickAll(ServiceProvider node) =>
        node.GetRequiredService<DueRings>().Each(async ring => Assert.True((await node.GetRequiredService<KeyRings>().Tick(ring)).Succeeded), Go);

    /// <summary>A quarter of an hour in which nobody asks for anything.</summary>
    private static async Task Idle(ServiceProvider node)
    {
        await node.GetRequiredService<SnapshotPoller>().Poll(Go);
        for (var minute = 0; minute < 15; minute++)
            node.GetRequiredService<IdlePulse>().DropUnused();
    }

    private static async Task KeyGeneration(ServiceProvider node)
    {
        var forge = node.GetRequiredService<KeyForge>();
        foreach (var (algorithm, bits, keys) in ((JwsAlgorithm, int?, int)[])[(JwsAlgorithm.RS256, 2048, 60), (JwsAlgorithm.ES256, null, 300)])
        {
            var plan = KeyPlan.For(RingPolicy.Default with { Algorithm = algorithm, RsaBits = bits }, KeyOrigin.Scheduled, Certificates.Now, Certificates.Now);
            await forge.Make([plan]);
            var (taken, cpu) = await Timed(async () =>
            {
                for (var i = 0; i < keys; i++)
                    await forge.Make([plan]);
            });
            Report($"{algorithm} {bits}: a key made, protected and proved in {taken / keys:F1} ms, {cpu / keys:F1} ms of CPU");
        }
    }

    private static Task AtOnce<T>(IEnumerable<T> all, Func<T, Task> each) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (one, _) => await each(one));

    private static async Task<(double Milliseconds, double Cpu)> Timed(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var (watch, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        await work();
        process.Refresh();
        return (watch.Elapsed.TotalMilliseconds, (process.TotalProcessorTime - cpu).TotalMilliseconds);
    }

    private static RingId Ring(int number) => RingId.Parse($"ring-{number}");

    private static CallContext Call => new(Actor.Administrator, "request-1", "192.0.2.1");

    private static string Each(Memory memory, int count) => string.Create(CultureInfo.InvariantCulture,
        $"{(double)memory.Managed / count:F0} bytes managed, {(double?)memory.Native / count:F0} native, {(double)memory.Resident / count:F0} resident each");

    private static void Report(FormattableString text) =>
        TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private ServiceProvider Node(PostgresStore store, X509Certificate2 certificate) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(clock)
        .AddSingleEngine(new EngineSetup
        {
            Store = store,
            Protector = new CmsKeyProtector([certificate]),
            AuditKey = History.AuditKey,
            Proofs = AuditSigning.Proofs,
            HashKey = new byte[32],
            Issuer = "https://tumbler.example",
            Rings = new Dictionary<RingId, PutRing> { [RingId.Default] = new(Algorithm: "ES256") }.ToFrozenDictionary(),
        })
        .BuildServiceProvider();

    /// <param name="Native">What the C library has handed out, to OpenSSL for the most part; null where it does not say.</param>
    /// <param name="Resident">Of the whole process, with what lies between the pieces that are in use.</param>
    private sealed record Memory(long Managed, long? Native, long Resident)
    {
        public static Memory Now()
        {
            // Twice: what the first finds dead may have a finalizer, which lets go of more.
            for (var i = 0; i < 2; i++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }

            GiveBack();
            using var process = Process.GetCurrentProcess();
            return new Memory(GC.GetTotalMemory(forceFullCollection: true), InUse(), process.WorkingSet64);
        }

        public static Memory operator -(Memory a, Memory b) => new(a.Managed - b.Managed, a.Native - b.Native, a.Resident - b.Resident);

        /// <summary>What is free in the C library's heap goes back to the system, which it does in its own time otherwise.</summary>
        private static void GiveBack()
        {
            try
            {
                _ = malloc_trim(0);
            }
            catch (EntryPointNotFoundException)
            {
                // Another C library.
            }
        }

        private static long? InUse()
        {
            try
            {
                var info = mallinfo2();
                return (long)(info.InUse + info.Mapped);
            }
            catch (EntryPointNotFoundException)
            {
                return null;
            }
        }

        [DllImport("libc")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        [SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Generated code for it would be unsafe code, which tests do without.")]
        private static extern MallInfo mallinfo2();

        [DllImport("libc")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        [SuppressMessage("Interoperability", "SYSLIB1054", Justification = "As above.")]
        private static extern int malloc_trim(nuint keep);

        [StructLayout(LayoutKind.Sequential)]
        private struct MallInfo
        {
            public nuint Arena, FreeChunks, FastChunks, MappedCount, Mapped, Unused, FastFree, InUse, Free, Releasable;
        }
    }
}
