using System.IO.Compression;
using System.Net;
using System.Text;
using Tumbler.Api.Tests.Http;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Api.Tests.Keys;

public class KeyDocumentRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Path = "/.well-known/jwks.json";

    private static readonly PublishedDocument Jwks = ScriptedDocuments.Default.Jwks;

    [Fact]
    public async Task The_jwks_is_sent_as_published_and_may_be_cached_for_five_minutes()
    {
        using var response = await edge.Send("GET", Path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(Jwks.Plain.Length, response.Content.Headers.ContentLength);
        Assert.Equal(["public, max-age=300"], response.Headers.GetValues("Cache-Control"));
        Assert.Equal(["Accept-Encoding"], response.Headers.GetValues("Vary"));
        Assert.Equal([Jwks.ETag], response.Headers.GetValues("ETag"));
        Assert.Equal(Jwks.Plain.ToArray(), await Bytes(response));
    }

    [Fact]
    public async Task Head_says_the_same_without_the_body()
    {
        var answer = await edge.SendRaw($"HEAD {Path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {Jwks.Plain.Length}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"ETag: {Jwks.ETag}\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_is_sent_to_those_who_take_it_with_a_tag_of_its_own()
    {
        using var response = await edge.Send("GET", Path, null, ("Accept-Encoding", "br, gzip"));
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        Assert.Equal([$"{Jwks.ETag[..^1]}-gzip\""], response.Headers.GetValues("ETag"));
        Assert.Equal(["Accept-Encoding"], response.Headers.GetValues("Vary"));
        using var plain = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(await Bytes(response)), CompressionMode.Decompress))
            await gzip.CopyToAsync(plain, TestContext.Current.CancellationToken);
        Assert.Equal(Jwks.Plain.ToArray(), plain.ToArray());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("*")]
    [InlineData("\"other\", {0}")]
    [InlineData("\"other\",W/\"more\" , W/{0}")]
    [InlineData("{1}")]
    public async Task Who_has_it_already_gets_304_without_a_body(string ifNoneMatch)
    {
        var header = ifNoneMatch.Replace("{0}", Jwks.ETag, StringComparison.Ordinal).Replace("{1}", Jwks.GzipETag, StringComparison.Ordinal);
        using var response = await edge.Send("GET", Path, null, ("If-None-Match", header));
        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal([Jwks.ETag], response.Headers.GetValues("ETag"));
        Assert.Equal(["public, max-age=300"], response.Headers.GetValues("Cache-Control"));
        Assert.Equal(["Accept-Encoding"], response.Headers.GetValues("Vary"));
        Assert.Empty(await Bytes(response));
    }

    [Theory]
    [InlineData("\"other\"")]
    [InlineData("other")]
    [InlineData("\"")]
    [InlineData("")]
    [InlineData("W/")]
    [InlineData("\"a\" \"b\"")]
    public async Task Who_has_another_one_or_makes_no_sense_gets_it_all(string ifNoneMatch)
    {
        using var response = await edge.Send("GET", Path, null, ("If-None-Match", ifNoneMatch));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/.well-known/jwks.json", "{\"keys\":[],\"of\":\"default\"}")]
    [InlineData("/rings/default/.well-known/jwks.json", "{\"keys\":[],\"of\":\"default\"}")]
    [InlineData("/rings/es256/.well-known/jwks.json", "{\"keys\":[],\"of\":\"es256\"}")]
    [InlineData("/.well-known/openid-configuration", "{\"issuer\":\"default\"}")]
    [InlineData("/.well-known/oauth-authorization-server", "{\"issuer\":\"default\"}")]
    [InlineData("/.well-known/openid-configuration/rings/es256", "{\"issuer\":\"es256\"}")]
    [InlineData("/.well-known/oauth-authorization-server/rings/es256", "{\"issuer\":\"es256\"}")]
    [InlineData("/rings/es256/.well-known/openid-configuration", "{\"issuer\":\"es256\"}")]
    [InlineData("/rings/es256/.well-known/oauth-authorization-server", "{\"issuer\":\"es256\"}")]
    public async Task Every_ring_has_its_documents_wherever_clients_look(string path, string body)
    {
        using var response = await edge.Send("GET", path);
        Assert.Equal(body, Encoding.UTF8.GetString(await Bytes(response)));
    }

    [Theory]
    [InlineData("/rings/none/.well-known/jwks.json")]
    [InlineData("/rings/NOT-A-RING/.well-known/jwks.json")]
    [InlineData("/rings/none/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server/rings/none")]
    public async Task Another_ring_is_404(string path)
    {
        using var response = await edge.Send("GET", path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["no-store"], response.Headers.GetValues("Cache-Control"));
    }

    private static Task<byte[]> Bytes(HttpResponseMessage response) =>
        response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
}
