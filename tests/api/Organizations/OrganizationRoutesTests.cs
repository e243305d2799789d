using System.Net;
using Tumbler.Api.Tests.Http;

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
}
