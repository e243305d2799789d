using System.Text.Json;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Calls;

namespace Tumbler.Api.Tests.Problems;

public class ProblemMapTests(TestEdge edge) : IClassFixture<TestEdge>
{
    public static TheoryData<ErrorCode, int, string> Statuses => new()
    {
        { ErrorCode.InvalidInput, 400, "invalid_input" },
        { ErrorCode.Unauthenticated, 401, "unauthenticated" },
        { ErrorCode.Forbidden, 403, "forbidden" },
        { ErrorCode.NotFound, 404, "not_found" },
        { ErrorCode.AlreadyExists, 409, "already_exists" },
        { ErrorCode.Conflict, 409, "conflict" },
        { ErrorCode.IdempotencyKeyReused, 422, "idempotency_key_reused" },
        { ErrorCode.Damaged, 409, "damaged" },
        { ErrorCode.Unavailable, 503, "unavailable" },
        { ErrorCode.RateLimited, 429, "rate_limited" },
    };

    [Fact]
    public void Every_code_is_in_the_table() =>
        Assert.Equal(Enum.GetValues<ErrorCode>(), Statuses.Select(row => row.Data.Item1).OrderBy(code => code));

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Every_code_has_its_status_and_the_same_shape(ErrorCode code, int status, string error)
    {
        var fields = code == ErrorCode.InvalidInput ? new[] { new FieldError("slug", "slug", "slug is odd.") } : [];
        edge.Organizations.OnGet = () => new Refusal(code, "It is so.", fields);

        using var response = await edge.SendAsAdmin("GET", "/api/v1/organizations/acme");
        var body = await TestEdge.Json(response);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        string[] names = ["type", "title", "status", "detail", "error", "message", "error_id", .. fields.Select(_ => "fields")];
        Assert.Equal(names, body.EnumerateObject().Select(member => member.Name));
        Assert.Equal($"urn:tumbler:problem:{error}", body.GetProperty("type").GetString());
        Assert.NotEqual("", body.GetProperty("title").GetString());
        Assert.Equal(status, body.GetProperty("status").GetInt32());
        Assert.Equal("It is so.", body.GetProperty("detail").GetString());
        Assert.Equal("It is so.", body.GetProperty("message").GetString());
        Assert.Equal(error, body.GetProperty("error").GetString());
        Assert.Matches("^ERR-[0-9a-f]{12}$", body.GetProperty("error_id").GetString());
        Assert.Equal(status == 401, response.Headers.Contains("WWW-Authenticate"));
        Assert.Equal(status == 503, response.Headers.RetryAfter is not null);
        if (fields.Length > 0)
            Assert.Equal("""[{"field":"slug","rule":"slug","message":"slug is odd."}]""", JsonSerializer.Serialize(body.GetProperty("fields")));
    }

    [Fact]
    public async Task The_log_has_the_refusal_under_the_same_error_id()
    {
        edge.Organizations.OnGet = () => Refusal.NotFound("organisation", "acme");
        using var response = await edge.SendAsAdmin("GET", "/api/v1/organizations/acme", null, ("X-Request-ID", "find-me"));
        var errorId = (await TestEdge.Json(response)).GetProperty("error_id").GetString()!;
        var line = Assert.Single(edge.Log.Lines, line => line.Contains(errorId, StringComparison.Ordinal));
        Assert.Contains("404 GET /api/v1/organizations/{org}: not_found", line, StringComparison.Ordinal);
        Assert.Contains("[request find-me]", line, StringComparison.Ordinal);
    }
}
