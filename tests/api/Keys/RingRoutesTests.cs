using System.Net;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Keys;

namespace Tumbler.Api.Tests.Keys;

public class RingRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Status =
        """
        "ring":"default","signing_kid":"3f2504e0-4f89-41d3-9a0c-0305e82c3301","signing_key_age_seconds":12.5,"active_keys":2,"rotation_count":7,"next_transition_at":"2031-02-03T04:05:06.789Z","hours_until_next_transition":23.5,"last_rotation":{"at":"2031-02-03T04:05:06.789Z","outcome":"scheduled"},"last_failure":null
        """;

    [Fact]
    public async Task Status_is_flat_in_snake_case_with_times_in_utc()
    {
        using var response = await edge.SendAsAdmin("GET", "/api/v1/admin/jwt-rotation/status");
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["no-store"], response.Headers.GetValues("Cache-Control"));
        Assert.Equal($"{{{Status}}}", await Text(response));
    }

    [Theory]
    [InlineData("/api/v1/admin/jwt-rotation/trigger", """{"mode":"immediate","reason":"drill"}""", "rotate default RotateRing { Mode = immediate, Reason = drill }")]
    [InlineData("/api/v1/admin/rings/default/rotate", """{"mode":"graceful"}""", "rotate default RotateRing { Mode = graceful, Reason =  }")]
    [InlineData("/api/v1/admin/rings/default/rotate", null, "rotate default RotateRing { Mode = , Reason =  }")]
    [InlineData("/api/v1/admin/rings/default/revoke", """{"reason":"lost"}""", "revoke-all default WithdrawKey { Reason = lost }")]
    [InlineData("/api/v1/admin/rings/default/keys/3f2504e0-4f89-41d3-9a0c-0305e82c3301/taint", null, "taint default 3f2504e0-4f89-41d3-9a0c-0305e82c3301 WithdrawKey { Reason =  }")]
    [InlineData("/api/v1/admin/rings/default/keys/3f2504e0-4f89-41d3-9a0c-0305e82c3301/revoke", """{"reason":"leaked"}""", "revoke default 3f2504e0-4f89-41d3-9a0c-0305e82c3301 WithdrawKey { Reason = leaked }")]
    public async Task Every_command_answers_the_status_and_when_it_takes_effect(string path, string? body, string call)
    {
        using var response = await edge.SendAsAdmin("POST", path, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{{{Status},\"effective_at\":\"2031-02-03T04:05:06.789Z\"}}", await Text(response));
        Assert.Contains(call, edge.Rings.Calls);
    }

    [Fact]
    public async Task A_ring_shows_issuer_policy_and_status()
    {
        using var response = await edge.SendAsAdmin("GET", "/api/v1/admin/rings/default");
        Assert.Equal(
            """{"ring":"default","issuer":"https://issuer","created_at":"2031-02-03T04:05:06.789Z","policy":{"algorithm":"RS256","rsa_bits":2048,"interval":"PT24H","validity":"PT25H","lead":"PT24H","allow_short_lead":false,"max_token_lifetime":"PT55M","from_configuration":false},"status":{""" + Status + "},\"owner\":null}",
            await Text(response));
    }

    [Fact]
    public async Task Rings_and_keys_are_lists_with_a_cursor()
    {
        using (var rings = await edge.SendAsAdmin("GET", "/api/v1/admin/rings?limit=7&cursor=abc"))
        {
            var body = await TestEdge.Json(rings);
            Assert.Equal("default", body.GetProperty("items")[0].GetProperty("ring").GetString());
            Assert.Equal("abc/7", body.GetProperty("next_cursor").GetString());
        }

        using var keys = await edge.SendAsAdmin("GET", "/api/v1/admin/rings/default/keys");
        Assert.Equal(
            """{"items":[{"kid":"3f2504e0-4f89-41d3-9a0c-0305e82c3301","algorithm":"ES256","rotation_count":7,"origin":"scheduled","state":"signing","active":true,"created_at":"2031-02-03T04:05:06.789Z","published_at":"2031-02-03T04:05:06.789Z","activates_at":"2031-02-03T04:05:06.789Z","signs_until":"2031-02-03T04:05:06.789Z","expires_at":"2031-02-03T04:05:06.789Z","tainted_at":null,"revoked_at":null,"reason":null,"private_key_destroyed_at":null}],"next_cursor":null}""",
            await Text(keys));
    }

    [Theory]
    [InlineData("default", HttpStatusCode.OK, null)]
    [InlineData("fresh", HttpStatusCode.Created, "/api/v1/admin/rings/fresh")]
    public async Task A_put_says_whether_it_made_the_ring(string ring, HttpStatusCode status, string? location)
    {
        using var response = await edge.SendAsAdmin("PUT", $"/api/v1/admin/rings/{ring}", """{"algorithm":"ES256"}""");
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(location, response.Headers.Location?.ToString());
        Assert.Contains($"put {ring} {new PutRing("ES256")}", edge.Rings.Calls);
    }

    [Fact]
    public async Task An_unknown_ring_is_404()
    {
        using var response = await edge.SendAsAdmin("GET", "/api/v1/admin/rings/none");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("There is no ring 'none'.", (await TestEdge.Json(response)).GetProperty("message").GetString());
    }

    private static Task<string> Text(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
