using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tumbler.Cli.Configuration;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Doctor;

/// <summary>What an administrator sees of a server besides. Its credential goes over connections only that anybody would trust.</summary>
internal sealed class AdminLook(Connection to) : IDisposable
{
    private const int LongestDocument = 1 << 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = to.Address, Timeout = Patience, MaxResponseContentBufferSize = LongestDocument,
    };

    public async Task<Facts> Look(Facts facts, CancellationToken stop)
    {
        var (status, cluster) = await Get("/api/v1/admin/cluster", OperationsJson.Default.ClusterView, stop);
        if (status is null)
            return facts with { Credential = new CredentialFacts(true, Problem: "The admin API did not answer.") };
        if (status != HttpStatusCode.OK)
            return facts with { Credential = new CredentialFacts(true, (int)status) };

        var (_, rings) = await Get("/api/v1/admin/rings?limit=200", OperationsJson.Default.RingPage, stop);
        var (_, keys) = await Get("/api/v1/admin/rings/default/keys", OperationsJson.Default.KeyPage, stop);
        var (_, config) = await Get(ShowConfiguration.Path, OperationsJson.Default.ShownSettings, stop);
        using var request = Request("/");
        return facts with
        {
            Credential = new CredentialFacts(true, (int)status, Rights: CredentialRights.Of(request.Headers)),
            Cluster = cluster,
            Rings = rings?.Items ?? [],
            MoreRings = rings?.NextCursor is not null,
            Keys = keys?.Items ?? [],
            Environment = config?.Environment,

            // It reads every ring: not for a look when there are a hundred thousand.
            Protection = rings is { NextCursor: null } ? (await Get("/api/v1/admin/protection", OperationsJson.Default.ProtectionView, stop)).Value : null,
        };
    }

    public void Dispose() => http.Dispose();

    /// <returns>No status when nothing answered, and no value when it is not understood.</returns>
    private async Task<(HttpStatusCode? Status, T? Value)> Get<T>(string path, JsonTypeInfo<T> shape, CancellationToken stop) where T : class
    {
        try
        {
            using var request = Request(path);
            using var answer = await http.SendAsync(request, stop);
            return (answer.StatusCode, answer.IsSuccessStatusCode ? JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(stop), shape) : null);
        }
        catch (JsonException)
        {
            return (HttpStatusCode.OK, null);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return (null, null);
        }
    }

    private HttpRequestMessage Request(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(to.Address, path));
        to.Credential.AddTo(request.Headers);
        return request;
    }
}
