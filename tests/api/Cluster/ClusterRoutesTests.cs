using System.Net;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Cluster;

namespace Tumbler.Api.Tests.Cluster;

public class ClusterRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    [Fact]
    public async Task The_cluster_shows_its_silos_and_how_each_is()
    {
        var start = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);
        edge.Cluster.Answer = new ClusterView(
            "cluster",
            "tumbler",
            [
                new SiloView("silo-1", "192.0.2.1:11111", "active", true, new SiloReport("0.1.0", start, 0.25, -0.002, 1, 2)),
                new SiloView("silo-2", "192.0.2.2:11111", "dead", false, null),
            ],
            3);

        using var response = await edge.SendAsAdmin("GET", "/api/v1/admin/cluster");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """
            {"engine":"cluster","id":"tumbler","silos":[
            {"name":"silo-1","address":"192.0.2.1:11111","status":"active","here":true,"report":
            {"version":"0.1.0","started_at":"2031-02-03T04:05:06.000Z","snapshot_age_seconds":0.25,"clock_difference_seconds":-0.002,"rings":1,"organizations":2}},
            {"name":"silo-2","address":"192.0.2.2:11111","status":"dead","here":false,"report":null}],"reminders":3}
            """.ReplaceLineEndings(""),
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
