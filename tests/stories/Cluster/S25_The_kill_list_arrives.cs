using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;

namespace Tumbler.Stories.Tests.Cluster;

[Collection(ClusterStories.Name)]
public sealed class S25_The_kill_list_arrives(StoryRun run, LocalCluster cluster)
{
    private const string Ring = "killed";
    private static readonly int Times = StoryRun.Long ? 200 : 10;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    private string Issuer => $"{cluster.Issuer}/rings/{Ring}";

    [Fact]
    public async Task At_every_silo_and_every_follower_within_two_seconds()
    {
        await cluster.Healthy();
        await cluster.UntilOneCluster();
        await cluster.Admin.PutRing(Ring, Onlookers.Weekly("ES256"));
        await cluster.Admin.CreateOrganization(Ring);
        await using var jose = new Jose(run);
        var followers = new List<KillListFollower>();
        foreach (var silo in cluster.Silos)
            followers.Add(await KillListFollower.Start(silo, jose, Issuer, Ring));

        List<TimeSpan> tokens = [], apiKeys = [], organizations = [];
        var lifted = "";
        for (var time = 0; time < Times; time++)
        {
            var at = cluster.Silos[time % cluster.Silos.Count];
            var client = await cluster.Admin.CreateApiKey(Ring, $"https://{Ring}.example");
            var token = await Issued(client);
            tokens.Add(await Revoked(followers, token.Text, $"jti {token.Id}", () => RevokeToken(at, client, token.Text)));
            var second = await Issued(client);
            apiKeys.Add(await Revoked(followers, second.Text, $"client_id {client.Id}", () => at.Admin.RevokeApiKey(Ring, client.Id)));

            var org = FormattableString.Invariant($"{Ring}_{time}");
            await cluster.Admin.CreateOrganization(org);
            var third = await Issued(await cluster.Admin.CreateApiKey(org, $"https://{Ring}.example"));
            organizations.Add(await Revoked(followers, third.Text, $"org {org}", () => at.Admin.SetStatus(org, "suspended")));
            await at.Admin.SetStatus(lifted = org, "active");
        }

        foreach (var follower in followers)
        {
            await Until.True($"{follower.Silo.Name} lifts what is lifted", Most, () => Task.FromResult(follower.NamedAt($"org {lifted}") is null));
            Assert.Null(follower.Broken);
            await follower.DisposeAsync();
        }

        run.Measured($"S25: until the last of three silos says so by introspection and its event stream (as npm jose verified it): a revoked token {Figures(tokens)}, API key {Figures(apiKeys)}, organisation {Figures(organizations)}");
        Assert.All([.. tokens, .. apiKeys, .. organizations], time => Assert.True(time < Most, $"It took {time.TotalSeconds} s."));
    }

    [Fact]
    public async Task And_is_signed_by_another_key_when_its_own_is_revoked()
    {
        StoryRun.LongFormOnly();
        const string ring = $"{Ring}_key";
        await cluster.Healthy();

        // Its next key is published from the start, so jose knows whoever signs next.
        await cluster.Admin.PutRing(ring, new { algorithm = "ES256" });
        await using var jose = new Jose(run);
        await using var follower = await KillListFollower.Start(cluster.Silos[0], jose, $"{cluster.Issuer}/rings/{ring}", ring);
        var kid = (await cluster.Admin.Keys(ring)).Single(key => key.State == "signing").Kid;

        await cluster.Silos[1].Admin.RevokeKey(ring, kid);

        await Until.True("the key is named", Most, () => Task.FromResult(follower.NamedAt($"kid {kid}") is not null));
        Assert.Null(follower.Broken);
    }

    /// <returns>How long after it was asked for the last silo and the last follower knew.</returns>
    private async Task<TimeSpan> Revoked(List<KillListFollower> followers, string token, string named, Func<Task> revoke)
    {
        foreach (var silo in cluster.Silos)
            Assert.True(await IsActive(silo, token), $"{silo.Name} does not take a good token.");
        var began = Stopwatch.GetTimestamp();
        var refused = Task.WhenAll(cluster.Silos.Select(async silo =>
        {
            while (await IsActive(silo, token))
                Assert.True(Stopwatch.GetElapsedTime(began) < Most * 10, $"{silo.Name} takes what was revoked.");
            return Stopwatch.GetTimestamp();
        }));
        await revoke();
        var last = (await refused).Max();
        foreach (var follower in followers)
        {
            await Until.True($"{follower.Silo.Name} names {named}", Most * 10, () => Task.FromResult(follower.NamedAt(named) is not null));
            last = Math.Max(last, follower.NamedAt(named)!.Value);
        }

        return Stopwatch.GetElapsedTime(began, last);
    }

    private async Task<(string Text, string Id)> Issued(NewApiKey client)
    {
        var token = await new TokenClient(cluster.Http, run.Secrets).ByPost(client, $"/rings/{Ring}/oauth2/token");
        var claims = JsonElement.Parse(Base64Url.DecodeFromChars(token.Text.Split('.')[1]));
        return (token.Text, claims.GetProperty("jti").GetString()!);
    }

    private async Task<bool> IsActive(ClusterSilo silo, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/rings/{Ring}/oauth2/introspect", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([new("token", token)]),
        };
        request.Headers.Add("X-Admin-Key", cluster.AdminKey);
        using var answer = await silo.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (await Wire.Read<JsonElement>(answer)).GetProperty("active").GetBoolean();
    }

    private static async Task RevokeToken(ClusterSilo silo, NewApiKey client, string token)
    {
        using var content = new FormUrlEncodedContent([new("token", token), new("client_id", client.Id), new("client_secret", client.Key)]);
        using var answer = await silo.Http.PostAsync(new Uri($"/rings/{Ring}/oauth2/revoke", UriKind.Relative), content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        Assert.True(answer.Headers.Contains("Tumbler-Known-By"));
        Assert.False(answer.Headers.Contains("Tumbler-Unconfirmed"), "A silo did not confirm.");
    }

    private static string Figures(List<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToArray();
        return FormattableString.Invariant($"p50 {sorted[sorted.Length / 2]:F0} ms, at most {sorted[^1]:F0} ms ({sorted.Length} times)");
    }
}
