using System.Net;
using System.Text;
using Tumbler.Client.Outbound;

namespace Tumbler.Client.Tests.Outbound;

public sealed class GrantReaderTests
{
    private const string Secret = "open sesame/1";

    [Theory]
    [InlineData("""{"access_token":"a.b-c_d~e+f/g==","token_type":"Bearer","expires_in":300}""", 300.0)]
    [InlineData("""{"access_token":"a.b-c_d~e+f/g==","token_type":"bearer","expires_in":"300"}""", 300.0)]
    [InlineData("""{"access_token":"a.b-c_d~e+f/g==","token_type":"BEARER","expires_in":1e300,"scope":null,"more":[{}]}""", 86_400.0)]
    [InlineData("""{"access_token":"a.b-c_d~e+f/g==","token_type":"Bearer","expires_in":null}""", null)]
    [InlineData("""{"access_token":"a.b-c_d~e+f/g==","token_type":"Bearer"}""", null)]
    public void A_token_is_read_with_its_lifetime(string body, double? seconds)
    {
        var grant = Read(200, body);

        Assert.Equal("a.b-c_d~e+f/g==", grant.Token);
        Assert.Equal(seconds, grant.Lifetime?.TotalSeconds);
    }

    [Theory]
    [InlineData("""{"token_type":"Bearer"}""", "access_token")]
    [InlineData("""{"access_token":"","token_type":"Bearer"}""", "access_token")]
    [InlineData("""{"access_token":7,"token_type":"Bearer"}""", "access_token")]
    [InlineData("""{"access_token":"a\r\nX-Evil: 1","token_type":"Bearer"}""", "access_token")]
    [InlineData("""{"access_token":"a b","token_type":"Bearer"}""", "access_token")]
    [InlineData("""{"access_token":"a","token_type":"DPoP"}""", "token_type")]
    [InlineData("""{"access_token":"a"}""", "token_type")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":0}""", "expires_in")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":-1}""", "expires_in")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":"soon"}""", "expires_in")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":{}}""", "expires_in")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":"NaN"}""", "expires_in")]
    [InlineData("", "it answered 200 without an OAuth answer")]
    [InlineData("null", "it answered 200 without an OAuth answer")]
    [InlineData("<html>", "it answered 200 without an OAuth answer")]
    [InlineData("""{"access_token":"\ud800"}""", "it answered 200 without an OAuth answer")]
    [InlineData("""[[[[[[[[[1]]]]]]]]]""", "it answered 200 without an OAuth answer")]
    public void What_is_no_token_is_none(string body, string problem)
    {
        var grant = Read(200, body);

        Assert.Null(grant.Token);
        Assert.Contains(problem, grant.Fault!.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":"invalid_scope","error_description":"No."}""", "invalid_scope (No.)", "invalid_scope")]
    [InlineData("""{"error":"invalid_client"}""", "invalid_client", "invalid_client")]
    [InlineData("""{"error":"a\nb\u001bc","error_description":"x\u0000"}""", "a?b?c (x?)", "a?b?c")]
    [InlineData("""{"error":"invalid_client","error_description":"open sesame/1 is wrong"}""", "invalid_client", "invalid_client")]
    [InlineData("""{"error":"invalid_client","error_description":"open%20sesame%2F1 is wrong"}""", "invalid_client", "invalid_client")]
    [InlineData("""{"error":"open sesame/1"}""", "it answered 400 without an OAuth answer", null)]
    [InlineData("""{"error":{}}""", "it answered 400 without an OAuth answer", null)]
    [InlineData("Bad Gateway", "it answered 400 without an OAuth answer", null)]
    public void A_refusal_is_quoted_without_what_must_not_be_shown(string body, string problem, string? error)
    {
        var fault = Read(400, body).Fault!;

        Assert.Equal((problem, error), (fault.Problem, fault.Error));
    }

    [Theory]
    [InlineData("me")]
    [InlineData("you!")]
    [InlineData("them")]
    [InlineData("another")]
    public void Nor_is_the_header_in_which_the_secret_was_sent(string client)
    {
        var header = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{client}:{Uri.EscapeDataString(Secret)}"));

        Assert.Equal("invalid_client", Read(401, $$"""{"error":"invalid_client","error_description":"Basic {{header}}"}""").Fault!.Problem);
    }

    [Fact]
    public void A_long_refusal_is_cut() =>
        Assert.Equal(160 + 1, Read(400, $$"""{"error":"{{new string('x', 5000)}}"}""").Fault!.Error!.Length);

    [Fact]
    public void Whatever_is_answered_is_a_grant_or_a_fault() => Tumbler.Tests.Fuzz.Fuzzer.Run(
        [
            """{"access_token":"a.b.c","token_type":"Bearer","expires_in":300}""",
            """{"error":"invalid_client","error_description":"Unknown client.","error_uri":"https://tokens.example"}""",
        ],
        body =>
        {
            foreach (var status in (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.BadRequest])
            {
                var grant = GrantReader.Read(status, Encoding.UTF8.GetBytes(body), Secret, retryAfter: null);
                Assert.True(grant.Token is null != grant.Fault is null);
            }
        });

    private static Grant Read(int status, string body) =>
        GrantReader.Read((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), Secret, retryAfter: null);
}
