using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using Tumbler.Core.Cluster;
using Tumbler.Engine.Store;
using Tumbler.Grains.Members;
using Tumbler.Storage.Postgres;
using Tumbler.Tests.Postgres;
using Tumbler.Tests.Redis;

namespace Tumbler.Grains.Tests.Members;

/// <summary>The way into a cluster, on a real PostgreSQL with the service's own role and a real Redis.</summary>
public sealed class EntranceTests : IAsyncLifetime
{
    private readonly PostgresCluster postgres = new();
    private RedisServer server = null!;
    private ConnectionMultiplexer redis = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RedisServer.Start();

        // Both are there all the while; how long an answer takes is the machine's.
        redis = await ConnectionMultiplexer.ConnectAsync($"{server.ConnectionString},connectTimeout=60000,asyncTimeout=60000,syncTimeout=60000");
    }

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        await server.DisposeAsync();
        postgres.Dispose();
    }

    [Fact]
    public async Task Many_that_start_at_once_enter_one_generation_and_one_more_when_Redis_loses_its_data()
    {
        using var store = Store("one");
        var first = Assert.Single((await Enter(store, 8)).Distinct());
        Assert.Equal(first, Assert.Single((await Enter(store, 8)).Distinct()));

        await server.Ask("FLUSHALL");
        Silence("one");
        var second = Assert.Single((await Enter(store, 8)).Distinct());

        Assert.NotEqual(first, second);
        Assert.Equal(second, (await store.Cluster.Load(CancellationToken.None))!.Generation);
    }

    [Fact]
    public async Task One_that_is_overtaken_between_its_two_looks_enters_what_the_others_have_made()
    {
        using var store = Store("overtaken");
        await Enter(store, 1);
        await server.Ask("FLUSHALL");
        Silence("overtaken");
        var made = Guid.Empty;
        var rows = new OvertakenRows(store.Cluster, async () => made = Assert.Single(await Enter(store, 1)));

        var step = await Pass(rows, "blue");

        Assert.Equal(new EntryStep.Enter(made), step);
    }

    [Fact]
    public async Task What_another_database_has_entered_is_refused_and_left_alone()
    {
        using var mine = Store("mine");
        using var other = Store("other");
        await Enter(mine, 1);
        var before = await server.Ask("GET", "tumbler/blue/generation");

        var refusal = Assert.IsType<EntryStep.Refuse>(await Pass(other, "blue"));

        Assert.Equal((EntryFault.Redis, "this Redis belongs to the cluster 'blue' of another database"), (refusal.Fault, refusal.Reason));
        Assert.Equal(before, await server.Ask("GET", "tumbler/blue/generation"));
        Assert.Null(await other.Cluster.Load(CancellationToken.None));
        Assert.Equal(EntryFault.ClusterId, Assert.IsType<EntryStep.Refuse>(await Pass(mine, "green")).Fault);
    }

    [Fact]
    public async Task Silos_that_serve_are_kept_by_name_and_only_those_of_the_generation()
    {
        using var store = Store("serving");
        var generation = Assert.Single(await Enter(store, 1));

        foreach (var name in (string[])["a", "b", "a"])
            await store.Cluster.Serving(generation, name, CancellationToken.None);
        await store.Cluster.Serving(Guid.Empty, "c", CancellationToken.None);
        for (var n = 0; n < 120; n++)
            await store.Cluster.Serving(generation, $"n{n}", CancellationToken.None);

        var row = (await store.Cluster.Load(CancellationToken.None))!;
        Assert.True(row.IsRunning);
        Assert.Equal(Enumerable.Range(20, 100).Select(n => $"n{n}"), row.Serving);
        await store.Cluster.Succeed(Guid.Empty, Guid.Empty, CancellationToken.None);
        Assert.Equal(generation, (await store.Cluster.Load(CancellationToken.None))!.Generation);
        await store.Cluster.Succeed(generation, Guid.Empty, CancellationToken.None);
        Assert.Empty((await store.Cluster.Load(CancellationToken.None))!.Serving);
    }

    private async Task<Guid[]> Enter(PostgresStore store, int times) => await Task.WhenAll(
        Enumerable.Range(0, times).Select(async _ => Assert.IsType<EntryStep.Enter>(await Pass(store, "blue")).Generation));

    private Task<EntryStep> Pass(PostgresStore store, string id) => Pass(store.Cluster, id);

    private Task<EntryStep> Pass(IClusterRows rows, string id) =>
        new Entrance(rows, new RedisMarks(redis, id, rows.Store), TimeProvider.System).Pass(id, TestContext.Current.CancellationToken);

    /// <summary>As if no silo had been there for an hour.</summary>
    private void Silence(string database)
    {
        using var source = Npgsql.NpgsqlDataSource.Create(postgres.ConnectionString(PostgresCluster.Owner, database));
        using var command = source.CreateCommand("UPDATE cluster SET seen_at = now() - interval '1 hour'");
        command.ExecuteNonQuery();
    }

    private PostgresStore Store(string database)
    {
        postgres.Sql($"CREATE DATABASE {database} OWNER {PostgresCluster.Owner}");
        Open(database, PostgresCluster.Owner, migrate: true).Dispose();
        return Open(database, PostgresCluster.Runtime, migrate: false);
    }

    private PostgresStore Open(string database, string user, bool migrate)
    {
        var options = new PostgresOptions { Migrate = migrate, StatementTimeout = TimeSpan.FromSeconds(60) };
        Assert.True(
            PostgresStore.TryOpen(postgres.ConnectionString(user, database), options, NullLogger<PostgresStore>.Instance, out var store, out var failure),
            failure?.Message);
        return store;
    }
}
