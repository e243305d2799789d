using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Requests;

public class QueryParametersTests(TestEdge edge) : IClassFixture<TestEdge>
{
    [Theory]
    [InlineData("/api/v1/organizations?limit=0", "limit", "limit")]
    [InlineData("/api/v1/organizations?limit=201", "limit", "limit")]
    [InlineData("/api/v1/organizations?limit=-1", "limit", "limit")]
    [InlineData("/api/v1/organizations?limit=1e2", "limit", "limit")]
    [InlineData("/api/v1/organizations?limit=%201", "limit", "limit")]
    [InlineData("/api/v1/organizations?limit=", "limit", "limit")]
    [InlineData("/api/v1/organizations?limit=99999999999", "limit", "limit")]
    [InlineData("/api/v1/organizations?limit=1&limit=2", "limit", "duplicate_parameter")]
    [InlineData("/api/v1/organizations?cursor=a&cursor=a", "cursor", "duplicate_parameter")]
    [InlineData("/api/v1/organizations?Limit=1", "Limit", "unknown_parameter")]
    [InlineData("/api/v1/organizations?page=2", "page", "unknown_parameter")]
    [InlineData("/api/v1/organizations?=1", "\"\"", "unknown_parameter")]
    [InlineData("/api/v1/organizations?a%0Ab=1", "a?b", "unknown_parameter")]
    [InlineData("/api/v1/organizations/acme?verbose", "verbose", "unknown_parameter")]
    [InlineData("/api/v1/admin/jwt-rotation/status?ring=a", "ring", "unknown_parameter")]
    [InlineData("/api/v1/admin/audit-logs?action=create", "action", "one_of")]
    [InlineData("/api/v1/admin/audit-logs?resource_type=KEY", "resource_type", "one_of")]
    [InlineData("/api/v1/admin/audit-logs?status=", "status", "one_of")]
    [InlineData("/api/v1/admin/audit-logs?from=yesterday", "from", "time")]
    [InlineData("/api/v1/admin/audit-logs?until=2030-01-01", "until", "time")]
    [InlineData("/api/v1/admin/audit-logs?org=acme", "org", "unknown_parameter")]
    [InlineData("/api/v1/admin/audit-logs/no", "org", "slug")]
    [InlineData("/api/v1/organizations/a%2Fb", "org", "slug")]
    [InlineData("/api/v1/organizations/no/api-keys", "org", "slug")]
    [InlineData("/api/v1/admin/rings/UPPER", "ring", "ring_id")]
    [InlineData("/api/v1/admin/rings/-a/keys", "ring", "ring_id")]
    public async Task A_bad_address_is_400_and_names_field_and_rule(string path, string field, string rule)
    {
        using var response = await edge.SendAsAdmin("GET", path);
        Assert.Equal(400, (int)response.StatusCode);
        var fault = Assert.Single((await TestEdge.Json(response)).GetProperty("fields").EnumerateArray());
        Assert.Equal((field, rule), (fault.GetProperty("field").GetString(), fault.GetProperty("rule").GetString()));
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/organizations/acme/api-keys/17", "id")]
    [InlineData("POST", "/api/v1/admin/rings/default/keys/17/revoke", "kid")]
    [InlineData("POST", "/api/v1/admin/rings/default/keys/3f2504e04f8941d39a0c0305e82c3301/taint", "kid")]
    public async Task A_bad_id_is_400(string method, string path, string field)
    {
        using var response = await edge.SendAsAdmin(method, path);
        Assert.Equal(400, (int)response.StatusCode);
        var fault = Assert.Single((await TestEdge.Json(response)).GetProperty("fields").EnumerateArray());
        Assert.Equal((field, "uuid"), (fault.GetProperty("field").GetString(), fault.GetProperty("rule").GetString()));
    }

    [Theory]
    [InlineData("", "/50")]
    [InlineData("?limit=1", "/1")]
    [InlineData("?limit=200&cursor=abc", "abc/200")]
    public async Task Cursor_and_limit_reach_the_engine(string query, string seen)
    {
        using var response = await edge.SendAsAdmin("GET", $"/api/v1/organizations{query}");
        Assert.Equal(seen, (await TestEdge.Json(response)).GetProperty("next_cursor").GetString());
    }
}
