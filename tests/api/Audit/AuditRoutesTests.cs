using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Tests.Audit;

public class AuditRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    [Fact]
    public async Task Entries_use_the_logs_own_names()
    {
        using var response = await edge.SendAsAdmin("GET", "/api/v1/admin/audit-logs");
        Assert.Equal(
            """{"items":[{"chain":"org:acme","seq":1,"time":"2031-02-03T04:05:06.789Z","org":null,"actor":{"type":"administrator","id":"bootstrap"},"action":"ROTATE","resource_type":"SIGNING_KEY","resource_id":"k","status":"SUCCESS","request_id":"r","source":"127.0.0.1","details":{"kid":"k"},"prev_hash":"00","hash":"11","mac":"22"}],"next_cursor":null}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(new AuditQuery(Page: new PageRequest()), edge.Audit.LastQuery);
    }

    [Fact]
    public async Task Every_filter_reaches_the_engine()
    {
        using var response = await edge.SendAsAdmin("GET",
            "/api/v1/admin/audit-logs/acme?action=REVOKE&resource_type=API_KEY&resource_id=r1&actor=bootstrap&status=FAILURE"
            + "&from=2031-01-01T00:00:00Z&until=2031-01-02T03:00:00%2B03:00&limit=5&cursor=c");
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(
            new AuditQuery(
                OrgSlug.Parse("acme"), AuditAction.Revoke, AuditResource.ApiKey, "r1", "bootstrap", AuditStatus.Failure,
                new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2031, 1, 2, 0, 0, 0, TimeSpan.Zero), new PageRequest("c", 5)),
            edge.Audit.LastQuery);
    }

    [Theory]
    [InlineData("actor", "%00")]
    [InlineData("actor", "a%0Ab")]
    [InlineData("resource_id", "k%00")]
    public async Task A_filter_that_no_entry_can_match_is_refused_by_its_name(string name, string value)
    {
        using var response = await edge.SendAsAdmin("GET", $"/api/v1/admin/audit-logs?{name}={value}");

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(
            $$"""{"field":"{{name}}","rule":"text","message":"{{name}} must be without control characters."}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifying_names_the_first_fault()
    {
        using var response = await edge.SendAsAdmin("POST", "/api/v1/admin/audit-logs/verify");
        Assert.Equal(
            """{"valid":false,"chains":2,"entries":9,"first_fault":{"chain":"org:acme","seq":4,"problem":"Hash of entry 3 expected."},"checkpoints":0}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
