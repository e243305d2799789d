using System.Net;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Calls;

namespace Tumbler.Api.Tests.Organizations;

public class OrganizationRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Acme =
        """{"slug":"acme","name":"Acme","email":"a@acme.example","status":"active","api_keys":1,"created_at":"2031-02-03T04:05:06.789Z","updated_at":"2031-02-03T04:05:06.789Z"}""";

    [Fact]
    public async Task Creating_answers_201_with_its_address()
    {
        using var response = await edge.SendAsAdmin("POST", "/api/v1/organizations", """{"slug":"acme","name":"Acme","email":"a@acme.example"}""");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/api/v1/organizations/acme", response.Headers.Location!.ToString());
        Assert.Equal(Acme, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("PUT", """{"status":"suspended"}""")]
    [InlineData("DELETE", null)]
    public async Task The_other_verbs_answer_200_with_the_organisation(string method, string? body)
    {
        using var response = await edge.SendAsAdmin(method, "/api/v1/organizations/acme", body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Acme, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_list_is_a_page()
    {
        using var response = await edge.SendAsAdmin("GET", "/api/v1/organizations");
        Assert.Equal($$"""{"items":[{{Acme}}],"next_cursor":"/50"}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_change_that_has_to_spread_says_by_when_and_who_did_not_confirm()
    {
        edge.Organizations.Spread = new Spread(["silo-2", "silo-3"], new DateTimeOffset(2031, 2, 3, 4, 5, 8, 789, TimeSpan.Zero));

        using var late = await edge.SendAsAdmin("DELETE", "/api/v1/organizations/acme");
        edge.Organizations.Spread = edge.Organizations.Spread with { Unconfirmed = [] };
        using var known = await edge.SendAsAdmin("POST", "/api/v1/organizations", """{"slug":"acme","name":"Acme","email":"a@acme.example"}""");
        edge.Organizations.Spread = null;
        using var alone = await edge.SendAsAdmin("DELETE", "/api/v1/organizations/acme");

        Assert.Equal("2031-02-03T04:05:08.789Z", Assert.Single(late.Headers.GetValues("Tumbler-Known-By")));
        Assert.Equal("silo-2, silo-3", Assert.Single(late.Headers.GetValues("Tumbler-Unconfirmed")));
        Assert.True(known.Headers.Contains("Tumbler-Known-By"));
        Assert.False(known.Headers.Contains("Tumbler-Unconfirmed"));
        Assert.False(alone.Headers.Contains("Tumbler-Known-By"));
    }
}
