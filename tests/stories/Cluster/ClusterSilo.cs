using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Cluster;

public sealed class ClusterSilo : ClusterPart, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <param name="number">From 1 on.</param>
    public ClusterSilo(LocalCluster cluster, int number)
        : base(cluster, string.Create(CultureInfo.InvariantCulture, $"silo-{number}"))
    {
        Url = cluster.UrlOf(number);
        Http = LocalCluster.ClientOf(Url);
    }

    public Uri Url { get; }

    /// <summary>Sends no credentials of its own.</summary>
    public HttpClient Http { get; }

    public AdminClient Admin => new(Http, Cluster.AdminKey, Cluster.Run.Secrets);

    public TokenClient Tokens => new(Http, Cluster.Run.Secrets);

    /// <summary>What it has said so far.</summary>
    public string Log => File.ReadAllText(Path.Combine(Folder, "log"));

    public async Task<bool> IsReady()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            // HttpClient lets the latter through when a connection is reset the moment it is made.
            return false;
        }
    }

    /// <summary>What it says of itself; it has to answer.</summary>
    internal async Task<ReadyAnswer> Readiness()
    {
        using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        var said = await answer.Content.ReadFromJsonAsync<ReadyAnswer>(Wire.Json, TestContext.Current.CancellationToken);
        return said! with { Code = (int)answer.StatusCode };
    }

    /// <summary>Null while it does not answer.</summary>
    internal async Task<ReadyAnswer?> TryReadiness()
    {
        try
        {
            return await Readiness();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public Task UntilReady() => Until.True($"{Name} is ready", Patience, IsReady);

    public void Dispose() => Http.Dispose();
}
