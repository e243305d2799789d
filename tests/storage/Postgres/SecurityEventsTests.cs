using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Audit;
using Tumbler.Engine;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Single;
using Tumbler.Storage.Postgres;
using Tumbler.Storage.Protection;
using Tumbler.Storage.Tests.Protection;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>The node's log under many writers and under a flood, on the real database and by the real clock.</summary>
public sealed class SecurityEventsTests : IDisposable
{
    private const int PerSecond = 20_000;
    private const int Threads = 4;

    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly bool Long = Environment.GetEnvironmentVariable("TUMBLER_TEST_LONG") == "1";
    private static readonly TimeSpan Flood = TimeSpan.FromSeconds(Long ? 10 : 1);
    private static readonly NodeId Shared = NodeId.Parse("shared");

    private readonly PostgresStore store;
    private readonly PostgresStore other;
    private readonly X509Certificate2 certificate = Certificates.Rsa();

    public SecurityEventsTests(PrivatePostgres server)
    {
        var connection = server.ConnectionString(PrivatePostgres.Runtime, server.NewMigratedDatabase());
        (store, other) = (Stores.Open(connection), Stores.Open(connection));
    }

    public void Dispose()
    {
        store.Dispose();
        other.Dispose();
        certificate.Dispose();
    }

    [Fact]
    public async Task Two_processes_of_one_name_write_into_one_chain_and_none_of_their_batches_is_lost_or_doubled()
    {
        const int Batches = 50;
        await using var one = Node(store);
        await using var two = Node(other);

        await Task.WhenAll(new[] { one, two }.Select((node, number) => Task.Run(async () =>
        {
            for (var batch = 0; batch < Batches; batch++)
            {
                node.GetRequiredService<SecurityEvents>().Record(Away($"192.0.2.{number}", requestId: $"{number}-{batch}"));
                // Five conflicts in a row are a refusal, and the batch is tried again.
                for (var attempt = 1; await node.GetRequiredService<NodeLogWriter>().Write(Go) is null; attempt++)
                    Assert.True(attempt < 20, "The log takes no batch.");
            }
        })));

        var ids = await Entries().Select(entry => entry.RequestId).ToListAsync();
        Assert.Equal(2 * Batches, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal((2L * Batches, 0L), await Totals());
        await AssertVerifies(one);
    }

    /// <summary>How fast is for the long form to report; that nothing is lost has to hold always.</summary>
    [Theory]
    [InlineData("from sixteen addresses", 16)]
    [InlineData("from ever new addresses", int.MaxValue)]
    public async Task Twenty_thousand_events_a_second_are_all_accounted_for_while_tokens_are_issued(string flood, int addresses)
    {
        await using var node = Node(store);
        Assert.True((await node.GetRequiredService<KeyRings>().Establish()).Succeeded);
        var client = await NewClient(node);
        foreach (var service in node.GetServices<IHostedService>().OfType<SecurityEventPulse>())
            await service.StartAsync(Go);

        var events = node.GetRequiredService<SecurityEvents>();
        await Tokens(node, client, TimeSpan.FromSeconds(1));
        var calm = await Tokens(node, client, Flood);
        var sending = Send(events, addresses);
        var flooded = await Tokens(node, client, Flood);
        var (sent, costs) = await sending;
        foreach (var service in node.GetServices<IHostedService>().OfType<SecurityEventPulse>())
            await service.StopAsync(Go);

        var (recorded, dropped) = await Totals();
        Assert.Equal(sent, recorded + dropped);
        Assert.Equal((events.Recorded, events.Dropped), (recorded, dropped));
        Assert.Equal(sent, await Entries().Select(entry => long.Parse(entry.Details["count"], CultureInfo.InvariantCulture)).SumAsync());
        if (addresses < SecurityEvents.MostWaiting)
            Assert.Equal(0, dropped);
        await AssertVerifies(node);
        Report($"flood {flood}: {sent / Flood.TotalSeconds:F0} events/s sent, {recorded} recorded, {dropped} by number only, in {await Entries().CountAsync()} entries; "
            + $"Record p50 {At(costs, 0.5):F2} us, p99 {At(costs, 0.99):F2} us, p99.9 {At(costs, 0.999):F2} us; "
            + $"token p50 {At(calm, 0.5):F0} -> {At(flooded, 0.5):F0} us, p99 {At(calm, 0.99):F0} -> {At(flooded, 0.99):F0} us, "
            + $"tokens/s {calm.Length / Flood.TotalSeconds:F0} -> {flooded.Length / Flood.TotalSeconds:F0}");
    }

    /// <summary>In portions of ten milliseconds, so that the threads that issue tokens get to run in between.</summary>
    private static async Task<(long Sent, double[] Costs)> Send(SecurityEvents events, int addresses)
    {
        var portions = (int)(Flood.TotalMilliseconds / 10);
        var costs = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            var taken = new List<double>();
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            for (var portion = 0; portion < portions; portion++)
            {
                for (var i = 0; i < PerSecond / 100 / Threads; i++)
                {
                    var number = (portion * Threads + thread) * (PerSecond / 100 / Threads) + i;
                    var happened = Away($"2001:db8::{number % addresses:x}", $"{number}");
                    var start = Stopwatch.GetTimestamp();
                    events.Record(happened);
                    taken.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                }

                await timer.WaitForNextTickAsync(Go);
            }

            return taken;
        })));
        return (costs.Sum(each => (long)each.Count), [.. costs.SelectMany(each => each)]);
    }

    /// <summary>Issues one token after the other; how long each took, in microseconds.</summary>
    private static async Task<double[]> Tokens(ServiceProvider node, TokenRequest client, TimeSpan during)
    {
        var tokens = node.GetRequiredService<ITokens>();
        var taken = new List<double>();
        var over = Stopwatch.StartNew();
        while (over.Elapsed < during)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.True((await tokens.Issue(RingId.Default, client))!.Value.TryGet(out _, out _));
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return [.. taken];
    }

    private static async Task<TokenRequest> NewClient(ServiceProvider node)
    {
        var org = OrgSlug.Parse("acme");
        Assert.True((await node.GetRequiredService<IOrganizations>().Create(new CreateOrganization("acme", "Acme", "it@acme.example"), Call)).Succeeded);
        Assert.True((await node.GetRequiredService<IApiKeys>().Create(org, new CreateApiKey("service"), Call)).TryGet(out var key, out _));
        return new TokenRequest(key.Id.ToString(), key.Key, null, [], RequestOrigin.Local);
    }

    private static CallContext Call => new(Actor.Administrator, "request-1", "192.0.2.1");

    private static SecurityEvent Away(string source, string requestId) =>
        new(SecurityReason.UnknownKey, new RequestOrigin(requestId, source, "POST /oauth2/token"), Certificates.Now);

    private static double At(double[] values, double quantile) => values.Order().ElementAt((int)(values.Length * quantile));

    private static void Report(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    private static async Task AssertVerifies(ServiceProvider node)
    {
        Assert.True((await node.GetRequiredService<IAuditLog>().Verify()).TryGet(out var verdict, out _));
        Assert.True(verdict.Valid, verdict.FirstFault?.ToString());
    }

    private IAsyncEnumerable<AuditEntry> Entries() => store.Audit.Read(NodeLog.ChainOf(Shared), Go);

    private async Task<(long Recorded, long Dropped)> Totals()
    {
        var log = (await store.NodeLogs.Load(Shared, Go))!.State;
        return (log.Recorded, log.Dropped);
    }

    private ServiceProvider Node(PostgresStore store) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleEngine(new EngineSetup
        {
            Store = store,
            Protector = new CmsKeyProtector([certificate]),
            AuditKey = History.AuditKey,
            Proofs = AuditSigning.Proofs,
            HashKey = new byte[32],
            Issuer = "https://tumbler.example",
            Node = Shared,
            Rings = new Dictionary<RingId, PutRing> { [RingId.Default] = new(Algorithm: "ES256") }.ToFrozenDictionary(),
        })
        .BuildServiceProvider();
}
