using System.Globalization;
using System.Net;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>100 in a window, by the settings of <see cref="LocalCluster"/>: of a minute in the long form, of three seconds in the
/// short one, which are two routes.</summary>
[Collection(ClusterStories.Name)]
public sealed class S23_A_quota_is_one_over_all_silos(StoryRun run, LocalCluster cluster)
{
    private const int Limit = 100, Slack = 2;
    private const string OneRoute = "", OtherRoute = "/api-keys";

    private static readonly TimeSpan Window = StoryRun.Long ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(3);
    private static readonly string Route = StoryRun.Long ? OneRoute : OtherRoute;
    private static readonly int Windows = StoryRun.Long ? 3 : 2;

    [Fact]
    public async Task Twenty_clients_over_all_silos_get_what_it_says_and_no_more()
    {
        StoryRun.LongFormOnly();
        await cluster.Healthy();
        var (path, key) = await NewOrganization("metered");
        await UseOnce(path + Route, key);

        await using var clients = new QuotaClients(cluster, path + Route, key);
        await UntilWindow(clients, Windows);
        var windows = clients.Windows(Window).Take(Windows).ToArray();

        run.Measured($"20 clients over three silos, {Limit} in {Window.TotalSeconds:F0} s: {string.Join(", ", windows)} let through, {clients.Refused} refused");
        Assert.Empty(clients.Wrong);
        Assert.All(windows, count => Assert.InRange(count, Limit - Slack, Limit + Slack));
        Assert.True(clients.Refused > Limit, "The clients have hardly asked for more than they may.");

        // Another route and another organisation have a quota of their own, while this one is used up.
        Assert.Equal(HttpStatusCode.OK, await Ask(path + (Route == OneRoute ? OtherRoute : OneRoute), key));
        var (otherPath, otherKey) = await NewOrganization("metered_apart");
        Assert.Equal(HttpStatusCode.OK, await Ask(otherPath + Route, otherKey));
    }

    [Fact]
    public async Task A_killed_silo_neither_stops_nor_doubles_it()
    {
        StoryRun.LongFormOnly();
        await cluster.Healthy();
        var (path, key) = await NewOrganization("metered_through");
        await UseOnce(path + Route, key);

        await using var clients = new QuotaClients(cluster, path + Route, key);
        await Until.True("the quota is in use", TimeSpan.FromSeconds(30), () => Task.FromResult(clients.Taken.Count > Limit / 2));
        await cluster.Silos[1].Kill();
        var killedIn = clients.Windows(Window).Count;
        await UntilWindow(clients, killedIn + (StoryRun.Long ? 3 : 2));
        var windows = clients.Windows(Window).SkipLast(1).ToArray();

        run.Measured($"A silo killed in the {killedIn}. window of {Limit} in {Window.TotalSeconds:F0} s: {string.Join(", ", windows)} let through");
        Assert.Empty(clients.Wrong);
        Assert.All(windows, count => Assert.InRange(count, Limit / 4, Limit + Slack));
        Assert.InRange(windows[^1], Limit - Slack, Limit + Slack);
        await cluster.UntilOneCluster();
    }

    /// <summary>From then on it has an owner; a first one on a machine that has much to do may not answer in time. Its window must be over.</summary>
    private async Task UseOnce(string path, string key)
    {
        Assert.Equal(HttpStatusCode.OK, await Ask(path, key));
        await Task.Delay(Window, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    /// <summary>So many have gone by, with the last one used up.</summary>
    private static Task UntilWindow(QuotaClients clients, int windows) => Until.True(
        $"{windows} windows have gone by", Window * (windows + 5), () => Task.FromResult(clients.Taken is [.., var last] && last >= Window * windows));

    private async Task<(string Path, string Key)> NewOrganization(string slug)
    {
        await cluster.Admin.CreateOrganization(slug);
        return ($"/api/v1/organizations/{slug}", (await cluster.Admin.CreateApiKey(slug)).Key);
    }

    private async Task<HttpStatusCode> Ask(string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("X-API-Key", key);
        using var answer = await cluster.Silos[0].Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(
            Limit.ToString(CultureInfo.InvariantCulture), Assert.Single(answer.Headers.GetValues("X-RateLimit-Limit")));
        return answer.StatusCode;
    }
}
