using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Idempotency;

public class IdempotencyKeysTests(TestEdge edge) : IClassFixture<TestEdge>
{
    [Theory]
    [InlineData("k")]
    [InlineData("~!@#$%^&*()_+{}|:<>?`-=[];',./")]
    public async Task A_good_key_reaches_the_engine(string key)
    {
        using var response = await edge.SendAsAdmin("DELETE", "/api/v1/organizations/acme", null, ("Idempotency-Key", key));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(key, edge.Organizations.LastCall!.IdempotencyKey);
    }

    [Fact]
    public async Task None_is_none()
    {
        using var response = await edge.SendAsAdmin("DELETE", "/api/v1/organizations/acme");
        Assert.Null(edge.Organizations.LastCall!.IdempotencyKey);
    }

    [Theory]
    [InlineData("Idempotency-Key:\r\n")]
    [InlineData("Idempotency-Key: two words\r\n")]
    [InlineData("Idempotency-Key: \u00e9\r\n")]
    [InlineData("Idempotency-Key: a\r\nIdempotency-Key: a\r\n")]
    [InlineData("Idempotency-Key: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")]
    public async Task A_bad_one_is_400(string header)
    {
        var answer = await edge.SendRaw(
            $"DELETE /api/v1/organizations/acme HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Admin-Key: {TestEdge.AdminKey}\r\n{header}\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }
}
