using System.Text.Json;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Foreign;

/// <summary>Services in Node.js that fetch tokens through the gateway and from every silo all the while, and verify each with
/// <c>jose</c>.</summary>
internal sealed class ForeignClients : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly LineProcess node;

    private ForeignClients(LineProcess node) => this.node = node;

    /// <param name="rate">Tokens a second, all together.</param>
    /// <param name="tolerance">Seconds by which a verifier lets clocks differ.</param>
    /// <returns>When all of them have got a token.</returns>
    public static async Task<ForeignClients> Start(
        StoryRun run, NewApiKey client, string ring, string issuer, string audience, Uri gateway, IEnumerable<Uri> silos,
        int rate = 80, int tolerance = 0)
    {
        var clients = new ForeignClients(new LineProcess("node", Path.Combine(run.StoriesFolder, "Foreign", "clients.mjs")));
        try
        {
            await clients.node.Tell(new
            {
                id = client.Id, key = client.Key, path = $"/rings/{ring}/oauth2/token", issuer, audience, gateway, silos, rate, tolerance,
            });
            await Until.True("foreign clients get tokens everywhere", TimeSpan.FromSeconds(30), async () =>
                (await clients.Report()).Targets.Values.All(target => target.Verified > 0));
            return clients;
        }
        catch
        {
            await clients.DisposeAsync();
            throw;
        }
    }

    public Task<ForeignReport> Report() => Ask("report");

    /// <summary>They end what they have begun and tell all they have seen.</summary>
    public Task<ForeignReport> Stop() => Ask("stop");

    public ValueTask DisposeAsync() => node.DisposeAsync();

    private async Task<ForeignReport> Ask(string op) => (await node.Ask(new { op })).Deserialize<ForeignReport>(Json)!;
}
