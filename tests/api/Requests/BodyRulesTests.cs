using System.Globalization;
using System.Net;
using System.Text;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Requests;

public class BodyRulesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Path = "/api/v1/organizations";
    private const int Limit = 102_400;

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    [InlineData("application/problem+json")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Another_content_type_is_415(string? type)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await edge.SendAsAdmin("POST", Path, content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("unsupported_media_type", (await TestEdge.Json(response)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("application/json; odata=verbose")]
    public async Task Json_in_utf8_is_taken_however_it_is_written(string type)
    {
        using var content = new ByteArrayContent("""{"slug":"acme","name":"Acme","email":"a@b.example"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await edge.SendAsAdmin("POST", Path, content);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task A_content_encoding_is_415(string encoding)
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add(encoding);
        using var response = await edge.SendAsAdmin("POST", Path, content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData(Limit, HttpStatusCode.Created)]
    [InlineData(Limit + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_has_at_most_102400_bytes(int length, HttpStatusCode status)
    {
        using var response = await edge.SendAsAdmin("POST", Path, Padded(length));
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData(Limit - 1_000, HttpStatusCode.Created)]
    [InlineData(Limit + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task So_has_a_chunked_one_with_its_framing(int length, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Headers = { TransferEncodingChunked = true },
            Content = new StringContent(Padded(length), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Admin-Key", TestEdge.AdminKey);
        using var response = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.RequestEntityTooLarge)
            Assert.Equal("content_too_large", (await TestEdge.Json(response)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("{{\"x\":1{0}}}", ",\"x\":1")]
    [InlineData("{{\"scopes\":[1{0}]}}", ",1")]
    public async Task A_body_that_is_wrong_all_over_gets_a_short_answer_and_a_short_log_line(string body, string piece)
    {
        var json = string.Format(CultureInfo.InvariantCulture, body, string.Concat(Enumerable.Repeat(piece, 10_000)));
        using var response = await edge.Send("POST", "/api/v1/api-keys/verify", json);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.InRange(response.Content.Headers.ContentLength!.Value, 1, 8_000);
        Assert.All(edge.Log.Lines, line => Assert.InRange(line.Length, 1, 4_000));
    }

    [Theory]
    [InlineData("/api/v1/admin/rings/default/rotate")]
    [InlineData("/api/v1/admin/rings/default/revoke")]
    [InlineData("/api/v1/organizations/acme/api-key/rotate")]
    public async Task A_command_without_a_body_asks_for_nothing_special(string path)
    {
        using var response = await edge.SendAsAdmin("POST", path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string Padded(int length)
    {
        const string json = """{"slug":"acme","name":"Acme","email":"a@b.example"}""";
        return json + new string(' ', length - json.Length);
    }
}
