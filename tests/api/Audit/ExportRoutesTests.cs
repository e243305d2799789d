using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Api.Tests.Audit;

public class ExportRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Exports = "/api/v1/admin/audit-logs/exports";

    [Theory]
    [InlineData("/api/v1/admin/audit-logs/export", null, null, null)]
    [InlineData("/api/v1/admin/audit-logs/export", "{}", null, null)]
    [InlineData("/api/v1/admin/audit-logs/export", """{"timestamp":true}""", null, true)]
    [InlineData("/api/v1/admin/audit-logs/acme/export", """{"timestamp":false}""", "acme", false)]
    public async Task An_order_is_accepted_and_says_where_to_ask(string path, string? body, string? org, bool? timestamp)
    {
        using var response = await edge.SendAsAdmin("POST", path, body);

        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal($"{Exports}/{ScriptedAuditExports.Id}", response.Headers.Location?.ToString());
        Assert.Equal(
            $$"""{"id":"{{ScriptedAuditExports.Id}}","org":{{(org is null ? "null" : $"\"{org}\"")}},"requested_at":"2031-02-03T04:05:06.789Z","status":"waiting","timestamp":"not_requested","entries_done":0,"entries_total":null,"checkpoint":null,"problem":null,"files":null,"node":null}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            (org is null ? null : OrgSlug.Parse(org), new ExportAuditLog(timestamp)), (edge.Exports.LastStart?.Org, edge.Exports.LastStart?.Request));
    }

    [Theory]
    [InlineData("""{"timestamp":"yes"}""", "timestamp", "type")]
    [InlineData("""{"stamp":true}""", "stamp", "unknown_field")]
    [InlineData("[]", "body", "object")]
    public async Task A_wrong_body_names_the_field(string body, string field, string rule)
    {
        using var response = await edge.SendAsAdmin("POST", "/api/v1/admin/audit-logs/export", body);

        Assert.Equal(400, (int)response.StatusCode);
        var error = (await TestEdge.Json(response)).GetProperty("fields")[0];
        Assert.Equal((field, rule), (error.GetProperty("field").GetString(), error.GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task An_export_is_shown_and_listed()
    {
        using var one = await edge.SendAsAdmin("GET", $"{Exports}/{ScriptedAuditExports.Id}");
        using var all = await edge.SendAsAdmin("GET", $"{Exports}?limit=5");

        Assert.Equal("completed", (await TestEdge.Json(one)).GetProperty("status").GetString());
        Assert.Equal("stamped", (await TestEdge.Json(all)).GetProperty("items")[0].GetProperty("timestamp").GetString());
    }

    [Fact]
    public async Task A_file_comes_as_it_is()
    {
        using var response = await edge.SendAsAdmin("GET", $"{Exports}/{ScriptedAuditExports.Id}/files/audit.jsonl");

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(("application/octet-stream", 3L), (response.Content.Headers.ContentType?.ToString(), response.Content.Headers.ContentLength));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("{}\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/3f2504e0-4f89-41d3-9a0c-0305e82c3301/files/audit.key", 404)]
    [InlineData("/3f2504e0-4f89-41d3-9a0c-0305e82c3301/files/..%2Faudit.jsonl", 404)]
    [InlineData("/3f2504e0-4f89-41d3-9a0c-0305e82c3301/files/a/b", 404)]
    [InlineData("/3f2504e0-4f89-41d3-9a0c-0305e82c3302", 404)]
    [InlineData("/3F2504E0-4f89-41d3-9a0c-0305e82c3302/files/x", 404)]
    [InlineData("/first", 400)]
    [InlineData("?cursor=a&cursor=b", 400)]
    public async Task What_is_not_there_is_not_found(string path, int status)
    {
        using var response = await edge.SendAsAdmin("GET", Exports + path);

        Assert.Equal(status, (int)response.StatusCode);
    }
}
