using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>An API key and a signing key that every silo has used, and that are going to be revoked. Ring and organisation are
/// their own: who got a token a moment before would have one that nobody verifies.</summary>
internal sealed class Revocable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LocalCluster cluster;
    private readonly NewApiKey revoked, witness;

    private Revocable(LocalCluster cluster, string name, NewApiKey revoked, NewApiKey witness, string kid) =>
        (this.cluster, Name, this.revoked, this.witness, Kid) = (cluster, name, revoked, witness, kid);

    /// <summary>Of the ring and of the organisation.</summary>
    public string Name { get; }

    public string Kid { get; }

    private string Path => $"/rings/{Name}";

    public static async Task<Revocable> Make(LocalCluster cluster, AdminClient admin, string name)
    {
        await admin.PutRing(name, Onlookers.Weekly("ES256"));
        await admin.CreateOrganization(name);
        var audience = $"https://{name}.example";
        var (revoked, witness) = (await admin.CreateApiKey(name, audience), await admin.CreateApiKey(name, audience));
        var token = await new TokenClient(cluster.Http, cluster.Run.Secrets).ByBasic(witness, $"/rings/{name}/oauth2/token");
        var made = new Revocable(cluster, name, revoked, witness, token.Kid);
        foreach (var silo in cluster.Silos)
            await Until.True($"{silo.Name} takes the keys", Patience, async () => (await made.AskedOf(silo.Http)).Taken.Count == Ways);
        return made;
    }

    /// <summary>Those that <see cref="AskedOf"/> tries.</summary>
    public const int Ways = 4;

    public Task RevokeApiKey(AdminClient admin) => admin.RevokeApiKey(Name, revoked.Id);

    public Task RevokeSigningKey(AdminClient admin) => admin.RevokeKey(Name, Kid);

    /// <summary>Every way in which a silo could still take one of them.</summary>
    public async Task<RevocableAnswers> AskedOf(HttpClient silo)
    {
        var tokens = new TokenClient(silo, cluster.Run.Secrets);
        var answers = await Task.WhenAll(
            Ask("the API key is valid", async () => (await new AdminClient(silo, cluster.AdminKey, cluster.Run.Secrets).VerifyApiKey(revoked.Key)).Valid),
            Ask("the API key gets a token", async () => (await tokens.ByBasic(revoked, $"{Path}/oauth2/token")).Kid.Length > 0),
            Ask("the signing key signs", async () => (await tokens.ByBasic(witness, $"{Path}/oauth2/token")).Kid == Kid),
            Ask("the signing key is published", async () => Publishes(await silo.Get<JsonElement>($"{Path}/.well-known/jwks.json"))));
        return new RevocableAnswers(
            answers.Count(answer => answer.Taken is not null), [.. answers.Where(answer => answer.Taken == true).Select(answer => answer.Way)]);
    }

    private bool Publishes(JsonElement keySet) => keySet.GetProperty("keys").EnumerateArray().Any(key => key.GetProperty("kid").GetString() == Kid);

    private static async Task<(string Way, bool? Taken)> Ask(string way, Func<Task<bool>> ask)
    {
        var began = Stopwatch.StartNew();
        try
        {
            var taken = await ask();
            return (FormattableString.Invariant($"{way} (answered after {began.Elapsed.TotalSeconds:F3} s)"), taken);
        }
        catch (RefusedException)
        {
            return (way, false);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException)
        {
            return (way, null);
        }
    }
}
