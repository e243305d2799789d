using System.Text;
using System.Text.Json;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Requests;

public class StrictJsonTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Organization = "POST /api/v1/organizations";
    private const string Key = "POST /api/v1/organizations/acme/api-keys";
    private const string Ring = "PUT /api/v1/admin/rings/default";
    private const string Rotate = "POST /api/v1/admin/rings/default/rotate";
    private const string Trigger = "POST /api/v1/admin/jwt-rotation/trigger";
    private const string Verify = "POST /api/v1/api-keys/verify";

    /// <summary>Where it is sent, the body, and every <c>field:rule</c> the answer must name, in order.</summary>
    public static TheoryData<string, string, string> BadBodies => new()
    {
        { Organization, "", "body:required" },
        { Trigger, "", "body:required" },
        { Verify, "", "body:required" },
        { Organization, " ", "body:json" },
        { Organization, "null", "body:object" },
        { Organization, "[]", "body:object" },
        { Organization, "\"slug\"", "body:object" },
        { Organization, "17", "body:object" },
        { Organization, "true", "body:object" },
        { Organization, "{", "body:json" },
        { Organization, "}", "body:json" },
        { Organization, "{}{}", "body:json" },
        { Organization, "{} x", "body:json" },
        { Organization, "{\"slug\"}", "body:json" },
        { Organization, "{\"slug\":}", "body:json" },
        { Organization, "{slug:\"a\"}", "body:json" },
        { Organization, "{'slug':'a'}", "body:json" },
        { Organization, "{\"slug\":\"abc\",}", "body:json" },
        { Organization, "{\"slug\":\"abc\"/* c */}", "body:json" },
        { Organization, "// c\n{}", "body:json" },
        { Organization, "{\"slug\":\"a\nb\"}", "body:json" },
        { Organization, "{\"slug\":\"\\x41\"}", "body:json" },
        { Organization, "{\"slug\":\"\\ud800\"}", "body:json" },
        { Organization, "{\"\\udc00\":1}", "body:json" },
        { Organization, "{\"slug\":nul}", "body:json" },
        { Organization, "{\"slug\":NaN}", "body:json" },
        { Organization, "{\"slug\":01}", "body:json" },
        { Organization, "\ufeff{}", "body:json" },
        { Organization, "\0", "body:json" },
        { Organization, "slug=acme", "body:json" },
        { Organization, "{\"slug\":1}", "slug:type" },
        { Organization, "{\"slug\":true}", "slug:type" },
        { Organization, "{\"slug\":[\"abc\"]}", "slug:type" },
        { Organization, "{\"slug\":{\"slug\":\"abc\"}}", "slug:type" },
        { Organization, "{\"slug\":1,\"name\":2,\"email\":3}", "slug:type name:type email:type" },
        { Organization, "{\"slug\":\"abc\",\"plan\":\"gold\"}", "plan:unknown_field" },
        { Organization, "{\"Slug\":\"abc\"}", "Slug:unknown_field" },
        { Organization, "{\"\":1}", "\"\":unknown_field" },
        { Organization, "{\"a\\u0000b\":1}", "a?b:unknown_field" },
        { Organization, "{\"__proto__\":{}}", "__proto__:unknown_field" },
        { Organization, "{\"slug\":\"abc\",\"slug\":\"abd\"}", "slug:duplicate_field" },
        { Organization, "{\"slug\":\"abc\",\"\\u0073lug\":\"abd\"}", "slug:duplicate_field" },
        { Organization, "{\"x\":1,\"x\":2}", "x:unknown_field x:duplicate_field x:unknown_field" },
        { Key, "{\"name\":\"ci\",\"scopes\":\"read\"}", "scopes:type" },
        { Key, "{\"name\":\"ci\",\"scopes\":{}}", "scopes:type" },
        { Key, "{\"name\":\"ci\",\"scopes\":[\"read\",1,null,[]]}", "scopes[1]:type scopes[2]:type scopes[3]:type" },
        { Key, "{\"name\":\"ci\",\"audiences\":[{}]}", "audiences[0]:type" },
        { Key, "{\"name\":\"ci\",\"expires_at\":1999999999}", "expires_at:type" },
        { Key, "{\"name\":\"ci\",\"expiresAt\":\"2030-01-01T00:00:00Z\"}", "expiresAt:unknown_field" },
        { Ring, "{\"rsa_bits\":\"2048\"}", "rsa_bits:type" },
        { Ring, "{\"rsa_bits\":2048.5}", "rsa_bits:type" },
        { Ring, "{\"rsa_bits\":1e400}", "rsa_bits:type" },
        { Ring, "{\"rsa_bits\":99999999999}", "rsa_bits:type" },
        { Ring, "{\"allow_short_lead\":\"true\"}", "allow_short_lead:type" },
        { Ring, "{\"allow_short_lead\":1}", "allow_short_lead:type" },
        { Ring, "{\"interval\":24}", "interval:type" },
        { Rotate, "{\"mode\":1}", "mode:type" },
        { Rotate, "[]", "body:object" },
        { Verify, "{}", "key:required" },
        { Verify, "{\"key\":null}", "key:required" },
        { Verify, "{\"key\":\"k\",\"scopes\":[\"a b\"]}", "scopes[0]:scope" },
        { Verify, "{\"key\":\"k\",\"address\":\"here\"}", "address:address" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_bad_body_is_400_and_names_every_field_and_rule(string route, string body, string faults)
    {
        var parts = route.Split(' ');
        using var response = await edge.SendAsAdmin(parts[0], parts[1], body);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(faults, Faults(await TestEdge.Json(response)));
    }

    [Theory]
    [InlineData(16, "a:unknown_field")]
    [InlineData(17, "body:depth")]
    [InlineData(5_000, "body:depth")]
    public async Task Nesting_is_limited_to_16_levels(int levels, string faults)
    {
        // The body itself is the first level.
        var body = $"{{\"a\":{new string('[', levels - 1)}{new string(']', levels - 1)}}}";
        using var response = await edge.SendAsAdmin("POST", "/api/v1/organizations", body);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(faults, Faults(await TestEdge.Json(response)));
    }

    [Theory]
    [InlineData("{\"slug\":\"\xff\"}")]
    [InlineData("{\"slug\":\"\xc0\xaf\"}")]
    [InlineData("{\"slug\":\"\xed\xa0\x80\"}")]
    [InlineData("\xff\xfe{")]
    public async Task Bytes_that_are_not_utf8_are_400(string latin1)
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(latin1));
        content.Headers.ContentType = new("application/json");
        using var response = await edge.SendAsAdmin("POST", "/api/v1/organizations", content);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("body:utf8", Faults(await TestEdge.Json(response)));
    }

    [Fact]
    public async Task A_very_long_unknown_name_is_cut()
    {
        using var response = await edge.SendAsAdmin("POST", "/api/v1/organizations", $"{{\"{new string('n', 50_000)}\":1}}");
        var field = (await TestEdge.Json(response)).GetProperty("fields")[0].GetProperty("field").GetString();
        Assert.Equal(new string('n', 64), field);
    }

    [Fact]
    public async Task Null_and_absent_are_the_same_and_escapes_are_read()
    {
        using var response = await edge.SendAsAdmin("PUT", "/api/v1/organizations/acme", "{ \"name\": null, \"email\": \"a\\u0040b.example\" }");
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(new Contracts.Organizations.UpdateOrganization(null, "a@b.example", null), edge.Organizations.LastUpdate);
    }

    [Fact]
    public async Task Every_kind_of_field_is_read()
    {
        using (var response = await edge.SendAsAdmin("PUT", "/api/v1/admin/rings/default",
            """{"algorithm":"PS256","rsa_bits":3072,"interval":"PT12H","allow_short_lead":true}"""))
        {
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Contains(
                $"put default {new Contracts.Keys.PutRing("PS256", 3072, "PT12H", AllowShortLead: true)}", edge.Rings.Calls);
        }

        using (var response = await edge.SendAsAdmin("PATCH", $"/api/v1/organizations/acme/api-keys/{ScriptedApiKeys.Id}",
            """{"scopes":["read","write"],"audiences":[]}"""))
        {
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal(["read", "write"], edge.ApiKeys.LastChange!.Scopes);
            Assert.Empty(edge.ApiKeys.LastChange.Audiences!);
            Assert.Null(edge.ApiKeys.LastChange.AllowedAddresses);
        }
    }

    private static string Faults(JsonElement problem) => string.Join(' ', problem.GetProperty("fields").EnumerateArray()
        .Select(field => $"{field.GetProperty("field").GetString()}:{field.GetProperty("rule").GetString()}"));
}
