using System.Text;
using Tumbler.Api.Tests.Headers;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;
using static Tumbler.Api.Tests.Tokens.OAuthAnswers;

namespace Tumbler.Api.Tests.Tokens;

/// <summary>RFC 7662 and RFC 7009 to the letter: whole answers, headers and bytes.</summary>
public class InspectionRoutesTests : IClassFixture<TestEdge>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Post = "token=aaa.bbb.ccc&client_id=id-1&client_secret=secret-1";
    private const string Basic = "Authorization: Basic aWQtMTpzZWNyZXQtMQ==\r\n"; // id-1:secret-1
    private const string Challenge = "WWW-Authenticate: Basic realm=\"tumbler\", charset=\"UTF-8\"\r\n";
    private const string MustAuthenticate = "The client must authenticate, by secret, assertion or certificate.";
    private const string OnePerRequest = "An administrator and a client authenticate in one request; it must choose one.";
    private const string Admin = $"X-Admin-Key: {TestEdge.AdminKey}\r\n";

    private readonly TestEdge edge;
    private readonly ScriptedInspection usual = new();

    public InspectionRoutesTests(TestEdge edge)
    {
        this.edge = edge;
        (edge.Inspection.OnIntrospect, edge.Inspection.OnRevoke) = (usual.OnIntrospect, usual.OnRevoke);
    }

    public static TheoryData<string> Paths => ["/oauth2/introspect", "/oauth2/revoke"];

    [Fact]
    public async Task A_good_token_is_described_and_nothing_else_is_said() => Assert.Equal(
        Answer("200 OK", """{"active":true,"scope":"read write","client_id":"client-1","token_type":"Bearer","exp":1800000300,"iat":1800000000,"nbf":1800000000,"sub":"client-1","aud":"https://api.example","iss":"https://issuer.example","jti":"token-1","org":"acme"}"""),
        Sorted(await Ask(Post)));

    [Fact]
    public async Task A_token_without_scopes_and_with_two_audiences_says_just_that()
    {
        edge.Inspection.OnIntrospect = (_, _) => new(ScriptedInspection.Good with { Scope = "", Audiences = ["https://a", "https://b"] });
        var body = (await Ask(Post)).Split("\r\n\r\n")[1];
        Assert.Contains("\"aud\":[\"https://a\",\"https://b\"]", body, StringComparison.Ordinal);
        Assert.DoesNotContain("scope", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_any_other_token_only_that_it_is_not_active()
    {
        edge.Inspection.OnIntrospect = (_, _) => new(TokenStatusAnswer.Inactive);
        Assert.Equal(Answer("200 OK", """{"active":false}"""), Sorted(await Ask(Post)));
    }

    [Fact]
    public async Task A_revocation_is_answered_by_its_status_alone()
    {
        var answer = await Ask(Post, path: "/oauth2/revoke");
        Assert.Equal(
            Sorted($"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n{NoStore}{ResponseStampTests.Lines}X-Request-ID: t\r\n\r\n"),
            Sorted(answer));
    }

    [Fact]
    public async Task A_revocation_says_who_did_not_confirm_it()
    {
        edge.Inspection.OnRevoke = (_, _, _) => Task.FromResult<TokenRevocationAnswer?>(new(null, new Spread(["silo-2", "silo-3"], FixedClock.Now)));
        var answer = await Ask(Post, path: "/oauth2/revoke");
        Assert.Contains("\r\nTumbler-Known-By: 2031-02-03T04:05:06.789Z\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nTumbler-Unconfirmed: silo-2, silo-3\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Post, "", "id-1", "secret-1")]
    [InlineData("token=aaa.bbb.ccc", Basic, "id-1", "secret-1")]
    [InlineData("token=aaa.bbb.ccc&client_id=id-1", Basic, "id-1", "secret-1")]
    [InlineData(Post + "&token_type_hint=refresh_token&foo=1&foo=2", "", "id-1", "secret-1")]
    [InlineData("token=aaa.bbb.ccc", Admin, null, null)]
    [InlineData("token=aaa%2Ebbb.ccc&token_type_hint=", Admin, null, null)]
    public async Task The_engine_gets_what_was_asked_by_whom(string body, string headers, string? id, string? secret)
    {
        foreach (var path in Paths.Select(row => row.Data))
        {
            Assert.StartsWith("HTTP/1.1 200 ", await Ask(body, headers, path), StringComparison.Ordinal);
            var (ring, question, call) = edge.Inspection.Asked[^1];
            Assert.Equal(("default", id, secret, "aaa.bbb.ccc", "127.0.0.1", $"POST {path}"),
                (ring.Value, question.Client?.ClientId, question.Client?.ClientSecret, question.Token, question.Origin.Source, question.Origin.Route));
            if (call is not null)
                Assert.Equal((id is null ? Actor.Administrator : Actor.Anonymous, "t", null), (call.Actor, call.RequestId, call.IdempotencyKey));
        }
    }

    [Theory]
    [InlineData("", "", "token is required.")]
    [InlineData("client_id=a&client_secret=b", "", "token is required.")]
    [InlineData("token=&client_id=a&client_secret=b", "", "token is required.")]
    [InlineData("token_type_hint=access_token", Admin, "token is required.")]
    [InlineData(Post + "&token=aaa", "", "A parameter is given twice.")]
    [InlineData(Post + "&token_type_hint=a&token_type_hint=b", "", "A parameter is given twice.")]
    [InlineData(Post + "&client_secret=b", "", "A parameter is given twice.")]
    [InlineData("token=%zz", "", "The form has a broken percent-encoding or is not UTF-8.")]
    [InlineData("token=%ff%fe", "", "The form has a broken percent-encoding or is not UTF-8.")]
    [InlineData(Post, Basic, "The client authenticates in the Authorization header and in the body; it must choose one.")]
    [InlineData("token=a&client_id=id-2", Basic, "client_id is not that of the Authorization header.")]
    [InlineData("token=a", Basic + Basic, "The Authorization header is given twice.")]
    [InlineData(Post, Admin, OnePerRequest)]
    [InlineData("token=a", Admin + Basic, OnePerRequest)]
    public async Task A_request_that_is_none_is_invalid_request(string body, string headers, string description)
    {
        foreach (var path in Paths.Select(row => row.Data))
            Assert.Equal(Error(400, "Bad Request", "invalid_request", description), Sorted(await Ask(body, headers, path)));
    }

    [Theory]
    [InlineData("token=a", "", MustAuthenticate)]
    [InlineData("token=a&client_id=id-1", "", MustAuthenticate)]
    [InlineData("token=a&client_secret=b", "", MustAuthenticate)]
    [InlineData("token=a", "Authorization: Basic %\r\n", "The Authorization header must hold well-formed Basic credentials.")]
    public async Task A_client_that_does_not_authenticate_is_invalid_client_and_noted(string body, string headers, string description)
    {
        foreach (var path in Paths.Select(row => row.Data))
        {
            edge.Events.Take();
            Assert.Equal(Error(401, "Unauthorized", "invalid_client", description, Challenge), Sorted(await Ask(body, headers, path)));
            Assert.Equal(SecurityReason.NoCredential, Assert.Single(edge.Events.Take()!.Tallies).First.Reason);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_wrong_admin_key_is_refused_before_anything_is_read(string path)
    {
        edge.Inspection.Asked.Clear();
        var answer = await Ask(Post, "X-Admin-Key: wrong\r\n", path);
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"error\":\"unauthenticated\"", answer, StringComparison.Ordinal);
        Assert.Empty(edge.Inspection.Asked);
    }

    [Theory]
    [InlineData(OAuthErrorCode.InvalidClient, 401, "Unauthorized", "invalid_client", Challenge)]
    [InlineData(OAuthErrorCode.UnauthorizedClient, 400, "Bad Request", "unauthorized_client", "")]
    [InlineData(OAuthErrorCode.TemporarilyUnavailable, 503, "Service Unavailable", "temporarily_unavailable", "Retry-After: 1\r\n")]
    public async Task Every_error_of_the_engine_has_its_name_and_status(OAuthErrorCode code, int status, string phrase, string error, string extra)
    {
        var said = new OAuthError(code, "So it is.");
        edge.Inspection.OnIntrospect = (_, _) => new(said);
        edge.Inspection.OnRevoke = (_, _, _) => Task.FromResult<TokenRevocationAnswer?>(new(said));
        foreach (var path in Paths.Select(row => row.Data))
            Assert.Equal(Error(status, phrase, error, "So it is.", extra), Sorted(await Ask(Post, path: path)));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_store_that_does_not_answer_is_temporarily_unavailable(string path)
    {
        edge.Inspection.OnIntrospect = (_, _) => throw new StoreUnavailableException("the disk of host 7");
        edge.Inspection.OnRevoke = (_, _, _) => throw new StoreUnavailableException("the disk of host 7");
        Assert.Equal(
            Error(503, "Service Unavailable", "temporarily_unavailable", "The store did not answer. Try again.", "Retry-After: 1\r\n"),
            Sorted(await Ask(Post, path: path)));
    }

    [Theory]
    [InlineData("/rings/es256/oauth2/introspect", "es256")]
    [InlineData("/rings/es256/oauth2/revoke", "es256")]
    public async Task Each_ring_has_its_endpoints(string path, string ring)
    {
        Assert.StartsWith("HTTP/1.1 200 ", await Ask(Post, path: path), StringComparison.Ordinal);
        Assert.Equal(ring, edge.Inspection.Asked[^1].Ring.Value);
    }

    [Theory]
    [InlineData("/rings/nowhere/oauth2/introspect")]
    [InlineData("/rings/nowhere/oauth2/revoke")]
    [InlineData("/rings/No%20Ring/oauth2/introspect")]
    [InlineData("/rings/No%20Ring/oauth2/revoke")]
    public async Task A_ring_that_does_not_exist_is_no_address(string path)
    {
        edge.Inspection.OnIntrospect = (_, _) => new((TokenStatusAnswer?)null);
        edge.Inspection.OnRevoke = (_, _, _) => Task.FromResult<TokenRevocationAnswer?>(null);
        Assert.StartsWith("HTTP/1.1 404 ", await Ask(Post, path: path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Another_content_type_is_invalid_request(string type)
    {
        foreach (var path in Paths.Select(row => row.Data))
        {
            Assert.Equal(
                Error(400, "Bad Request", "invalid_request", "The body must be application/x-www-form-urlencoded in UTF-8."),
                Sorted(await Ask(Post, path: path, type: type)));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_body_over_the_limit_is_413(string path)
    {
        using var response = await edge.Client.PostAsync(
            path, new StringContent("token=" + new string('a', 102_400), Encoding.UTF8, Form), TestContext.Current.CancellationToken);
        Assert.Equal(413, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/oauth2/introspect")]
    [InlineData("PUT", "/oauth2/revoke")]
    public async Task Only_post_is_allowed(string method, string path)
    {
        using var response = await edge.Send(method, path);
        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    private Task<string> Ask(string body, string headers = "", string path = "/oauth2/introspect", string type = Form) => edge.SendRaw(
        $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-ID: t\r\n"
        + $"Content-Type: {type}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");
}
