using System.Net.Sockets;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>A silo in a network of its own. Whatever it asks and whoever asks it goes over links that can be cut, one by one; its
/// addresses are what they were.</summary>
internal sealed class Island : IAsyncDisposable
{
    private readonly ClusterSilo silo;
    private readonly NetworkNamespace network;
    private readonly Link http, postgres, redis;
    private readonly Link[] silos;

    private Island(LocalCluster cluster, ClusterSilo silo, NetworkNamespace network)
    {
        (this.silo, this.network) = (silo, network);
        http = In(silo.Url.Port);
        (postgres, redis) = (Out(cluster.Ports.Postgres), Out(cluster.Ports.Redis));
        silos = [.. cluster.Silos.Select((each, n) => each == silo ? In(cluster.Ports.FirstSilo + n) : Out(cluster.Ports.FirstSilo + n))];
    }

    /// <summary>Starts the silo anew in its network.</summary>
    public static async Task<Island> Around(LocalCluster cluster, ClusterSilo silo, NetworkNamespace network)
    {
        var island = new Island(cluster, silo, network);
        await silo.Stop();
        await silo.Start(wait: false, under: $"nsenter --net={network.Path}");
        await island.http.Set(LinkState.Whole);
        await island.Heal();
        await silo.UntilReady();
        return island;
    }

    public Task FromPostgres(LinkState state) => postgres.Set(state);

    public Task FromSilos(LinkState state) => Task.WhenAll(silos.Select(link => link.Set(state)));

    public Task FromRedis(LinkState state) => redis.Set(state);

    public async Task Heal()
    {
        await FromPostgres(LinkState.Whole);
        await FromRedis(LinkState.Whole);
        await FromSilos(LinkState.Whole);
    }

    /// <summary>The silo is where the others are.</summary>
    public async ValueTask DisposeAsync()
    {
        await Heal();
        await silo.Stop();
        foreach (var link in (Link[])[http, postgres, redis, .. silos])
            await link.DisposeAsync();
        await silo.Start();
    }

    private Link In(int port) => new(Outside, network.NewSocket, port);

    private Link Out(int port) => new(network.NewSocket, Outside, port);

    private static Task<Socket> Outside() => Task.FromResult(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
}
