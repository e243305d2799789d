using System.Net;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Keys;

namespace Tumbler.Api.Tests.Keys;

public class TransferRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Key = "/api/v1/admin/rings/default/keys/3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task An_export_answers_the_key_in_its_format_and_asks_nobody_to_keep_it()
    {
        using var response = await edge.SendAsAdmin("POST", $"{Key}/export", $$"""{"format":"pkcs8","password":"{{Password}}"}""");
        Assert.Equal(["no-store"], response.Headers.GetValues("Cache-Control"));
        Assert.Equal(
            """{"ring":"default","kid":"3f2504e0-4f89-41d3-9a0c-0305e82c3301","algorithm":"ES256","format":"pkcs8","data":"-----BEGIN"}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(new ExportKey("pkcs8", Password), edge.Transfers.Requests);
        Assert.DoesNotContain(edge.Log.Lines, line => line.Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_import_answers_the_key_that_came_into_being()
    {
        using var response = await edge.SendAsAdmin("POST", "/api/v1/admin/rings/default/keys/import",
            """{"format":"pkcs12","data":"AAAA","password":"x","kid":"y","algorithm":"RS256","signs":true,"expires_at":"z"}""");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/api/v1/admin/rings/default/keys", response.Headers.Location?.ToString());
        Assert.Equal("imported", (await TestEdge.Json(response)).GetProperty("origin").GetString());
        Assert.Contains(new ImportKey("pkcs12", "AAAA", "x", "y", "RS256", true, "z"), edge.Transfers.Requests);
    }

    [Theory]
    [InlineData("/export")]
    [InlineData("/../import")]
    public async Task Neither_takes_an_empty_body_or_a_wrong_type(string path)
    {
        using var empty = await edge.SendAsAdmin("POST", Key + path, "");
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using var wrong = await edge.SendAsAdmin("POST", Key + path, """{"password":1}""");
        Assert.Equal("type", (await TestEdge.Json(wrong)).GetProperty("fields")[0].GetProperty("rule").GetString());
    }
}
