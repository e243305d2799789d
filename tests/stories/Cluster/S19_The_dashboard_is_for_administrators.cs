using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Tumbler.Stories.Tests.Cluster;

[Collection(ClusterStories.Name)]
public sealed class S19_The_dashboard_is_for_administrators(LocalCluster cluster)
{
    [Fact]
    public async Task And_shows_no_log_and_no_key_to_them()
    {
        await cluster.Healthy();
        var client = await NewClient();

        foreach (var page in (string[])["", "index.min.js", "ClusterStats", "GrainState?grainType=keyring&grainId=default", "Trace"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await Get(page)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await Get(page, password: "not-the-admin-key")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await Get(page, apiKey: client)).Status);
        }

        Assert.Equal("Basic", (await Get("")).Challenge);
        Assert.StartsWith("<!", (await Get("", password: cluster.AdminKey)).Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("silo-2", (await Get("DashboardCounters", password: cluster.AdminKey)).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await Get("Trace", password: cluster.AdminKey)).Status);
    }

    private async Task<string> NewClient()
    {
        await cluster.Admin.CreateOrganization("dashboard");
        return (await cluster.Admin.CreateApiKey("dashboard", "https://dashboard.example")).Key;
    }

    private async Task<(HttpStatusCode Status, string? Challenge, string Body)> Get(string page, string? password = null, string? apiKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/dashboard/{page}", UriKind.Relative));
        if (password is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{password}")));
        if (apiKey is not null)
            request.Headers.Add("X-API-Key", apiKey);
        using var answer = await cluster.Silos[0].Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.WwwAuthenticate.FirstOrDefault()?.Scheme, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
