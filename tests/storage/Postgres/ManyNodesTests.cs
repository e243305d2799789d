using Microsoft.Extensions.DependencyInjection;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Engine;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Single;
using Tumbler.Storage.Postgres;
using Tumbler.Storage.Protection;
using Tumbler.Storage.Tests.Protection;
using Tumbler.Tests.Clock;

namespace Tumbler.Storage.Tests.Postgres;

public sealed class ManyNodesTests(PrivatePostgres server)
{
    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly RingId Ring = RingId.Parse("shared");
    private static readonly int Rounds = Environment.GetEnvironmentVariable("TUMBLER_TEST_LONG") == "1" ? 1000 : 200;

    [Fact]
    public async Task Four_nodes_that_tick_at_the_same_moment_make_one_key_each_round()
    {
        var connection = server.ConnectionString(PrivatePostgres.Runtime, server.NewMigratedDatabase());
        var clock = new ManualClock(Certificates.Now);
        using var certificate = Certificates.Rsa();
        var stores = Enumerable.Range(0, 4).Select(_ => Stores.Open(connection)).ToArray();
        var nodes = stores.Select(store => Node(store, clock, new CmsKeyProtector([certificate]))).ToArray();
        var rings = nodes.Select(node => node.GetRequiredService<KeyRings>()).ToArray();
        await Task.WhenAll(rings.Select(each => Task.Run(() => each.Tick(RingId.Default))));
        Assert.True((await rings[0].Put(
            Ring, new PutRing { Algorithm = "ES256" }, new Contracts.Calls.CallContext(Contracts.Calls.Actor.System, "put", "-"))).Succeeded);

        var ordinal = (await Load(stores[0])).LastOrdinal;
        for (var round = 1; round <= Rounds; round++)
        {
            clock.Advance(TimeSpan.FromHours(24));
            var ticks = await Task.WhenAll(rings.Select(each => Task.Run(() => each.Tick(Ring))));
            Assert.All(ticks, tick => Assert.True(tick.Succeeded, tick.Refusal?.Message));
            Assert.Equal(ordinal + round, (await Load(stores[round % 4])).LastOrdinal);
        }

        var made = await stores[0].Audit.Read($"ring:{Ring}", Go)
            .Where(entry => entry.Action == AuditAction.Create && entry.ResourceType == AuditResource.SigningKey)
            .Select(entry => entry.ResourceId)
            .ToListAsync();
        Assert.Equal(ordinal + Rounds, made.Count);
        Assert.Equal(made.Count, made.Distinct().Count());
        var last = await Load(stores[0]);
        Assert.Equal(
            Enumerable.Range(0, last.Keys.Length).Select(n => last.LastOrdinal - last.Keys.Length + 1 + n), last.Keys.Select(key => key.Ordinal));
        Assert.Null(AuditChain.Verify(
            last.Chain, await stores[0].Audit.Read(last.Chain, Go).ToListAsync(), last.AuditHead, History.AuditKey));

        foreach (var node in nodes)
            await node.DisposeAsync();
        foreach (var store in stores)
            store.Dispose();
    }

    private static async Task<KeyRing> Load(PostgresStore store) => (await store.Rings.Load(Ring, Go))!.State;

    private static ServiceProvider Node(PostgresStore store, ManualClock clock, CmsKeyProtector protector) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(clock)
        .AddSingleEngine(new EngineSetup
        {
            Store = store,
            Protector = protector,
            AuditKey = History.AuditKey,
            Proofs = AuditSigning.Proofs,
            HashKey = new byte[32],
            Issuer = "https://tumbler.example",
        })
        .BuildServiceProvider();
}
