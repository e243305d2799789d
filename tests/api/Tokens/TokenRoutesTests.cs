using System.Text;
using Tumbler.Api.Tests.Headers;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Tokens;
using Tumbler.Engine.Store;
using static Tumbler.Api.Tests.Tokens.OAuthAnswers;

namespace Tumbler.Api.Tests.Tokens;

/// <summary>RFC 6749 to the letter: whole answers, headers and bytes.</summary>
public class TokenRoutesTests : IClassFixture<TestEdge>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Post = "grant_type=client_credentials&client_id=id-1&client_secret=secret-1";
    private const string Basic = "Authorization: Basic aWQtMTpzZWNyZXQtMQ==\r\n"; // id-1:secret-1
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const string Assertion = "grant_type=client_credentials&client_assertion_type=" + JwtBearer + "&client_assertion=a.b.c";
    private const string Challenge = "WWW-Authenticate: Basic realm=\"tumbler\", charset=\"UTF-8\"\r\n";

    private readonly TestEdge edge;

    public TokenRoutesTests(TestEdge edge)
    {
        this.edge = edge;
        // Tests of a class share the edge; each begins with an engine that says yes.
        edge.Tokens.OnIssue = ScriptedTokens.Usual;
    }

    [Fact]
    public async Task A_token_answer_is_this_and_nothing_else()
    {
        var answer = await Ask(Post + "&scope=read");
        Assert.Equal(
            Answer("200 OK", """{"access_token":"aaa.bbb.ccc","token_type":"Bearer","expires_in":300,"scope":"read"}"""), Sorted(answer));
    }

    [Fact]
    public async Task A_token_without_scopes_names_no_scope()
    {
        edge.Tokens.OnIssue = (_, _) => ValueTask.FromResult<TokenAnswer?>(new IssuedToken("aaa.bbb.ccc", 300, ""));
        Assert.Equal(Answer("200 OK", """{"access_token":"aaa.bbb.ccc","token_type":"Bearer","expires_in":300}"""), Sorted(await Ask(Post)));
    }

    [Theory]
    [InlineData(Post, "", "id-1", "secret-1", null, "")]
    [InlineData("grant_type=client_credentials", Basic, "id-1", "secret-1", null, "")]
    [InlineData("grant_type=client_credentials&client_id=id-1", Basic, "id-1", "secret-1", null, "")]
    [InlineData(Post + "&scope=a+b&resource=https://x&resource=https://y", "", "id-1", "secret-1", "a b", "https://x https://y")]
    [InlineData(Post + "&foo=bar&foo=baz&scope=", "", "id-1", "secret-1", null, "")]
    public async Task The_engine_gets_what_the_client_said(
        string body, string headers, string id, string secret, string? scope, string resources)
    {
        var answer = await Ask(body, headers);
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        var request = edge.Tokens.Requests[^1];
        Assert.Equal((id, secret, scope, "127.0.0.1"), (request.ClientId, request.ClientSecret, request.Scope, request.Origin.Source));
        Assert.Equal(resources, string.Join(' ', request.Resources));
    }

    [Theory]
    [InlineData(Assertion, "")]
    [InlineData(Assertion + "&client_id=id-1", "id-1")]
    public async Task An_assertion_reaches_the_engine_with_or_without_the_client_s_id(string body, string id)
    {
        Assert.StartsWith("HTTP/1.1 200 ", await Ask(body), StringComparison.Ordinal);
        var request = edge.Tokens.Requests[^1];
        Assert.Equal((id, null, "a.b.c", null), (request.ClientId, request.ClientSecret, request.Assertion, request.Certificate));
    }

    [Theory]
    [InlineData("", "", "grant_type is required.")]
    [InlineData("client_id=a&client_secret=b", "", "grant_type is required.")]
    [InlineData(Post + "&grant_type=client_credentials", "", "A parameter is given twice.")]
    [InlineData(Post + "&scope=a&scope=b", "", "A parameter is given twice.")]
    [InlineData(Post + "&client_secret=b", "", "A parameter is given twice.")]
    [InlineData(Post + "&x=%zz", "", "The form has a broken percent-encoding or is not UTF-8.")]
    [InlineData(Post + "&scope=%ff", "", "The form has a broken percent-encoding or is not UTF-8.")]
    [InlineData(Post, Basic, "The client authenticates in the Authorization header and in the body; it must choose one.")]
    [InlineData("grant_type=client_credentials&client_id=id-2", Basic, "client_id is not that of the Authorization header.")]
    [InlineData(Post + "&client_assertion=x", "", "The client authenticates by secret and by assertion; it must choose one.")]
    [InlineData(Post + "&client_assertion_type=x", "", "The client authenticates by secret and by assertion; it must choose one.")]
    [InlineData(Assertion, Basic, "The client authenticates in the Authorization header and in the body; it must choose one.")]
    [InlineData("grant_type=client_credentials&client_assertion=a.b.c", "", "client_assertion_type must be urn:ietf:params:oauth:client-assertion-type:jwt-bearer.")]
    [InlineData("grant_type=client_credentials&client_assertion_type=jwt&client_assertion=a.b.c", "", "client_assertion_type must be urn:ietf:params:oauth:client-assertion-type:jwt-bearer.")]
    [InlineData("grant_type=client_credentials&client_assertion_type=" + JwtBearer, "", "client_assertion_type is given without client_assertion.")]
    [InlineData(Assertion + "&client_assertion=a.b.c", "", "A parameter is given twice.")]
    [InlineData(Assertion + "&client_assertion_type=x", "", "A parameter is given twice.")]
    [InlineData("grant_type=client_credentials", Basic + Basic, "The Authorization header is given twice.")]
    public async Task A_request_that_is_none_is_invalid_request(string body, string headers, string description) =>
        Assert.Equal(Error(400, "Bad Request", "invalid_request", description), Sorted(await Ask(body, headers)));

    [Theory]
    [InlineData("grant_type=password")]
    [InlineData("grant_type=authorization_code&code=x")]
    [InlineData("grant_type=Client_Credentials")]
    [InlineData("grant_type=client_credentials%20")]
    public async Task Another_grant_is_unsupported_grant_type(string body) => Assert.Equal(
        Error(400, "Bad Request", "unsupported_grant_type", "The only grant_type here is client_credentials."), Sorted(await Ask(body)));

    [Theory]
    [InlineData("grant_type=client_credentials", "", "The client must authenticate, by secret, assertion or certificate.")]
    [InlineData("grant_type=client_credentials&client_id=id-1", "", "The client must authenticate, by secret, assertion or certificate.")]
    [InlineData("grant_type=client_credentials&client_secret=b", "", "The client must authenticate, by secret, assertion or certificate.")]
    [InlineData("grant_type=client_credentials", "Authorization: Bearer x\r\n", "The Authorization header must hold well-formed Basic credentials.")]
    [InlineData("grant_type=client_credentials", "Authorization: Basic %\r\n", "The Authorization header must hold well-formed Basic credentials.")]
    [InlineData("grant_type=client_credentials", "Authorization: Basic YQ==\r\n", "The Authorization header must hold well-formed Basic credentials.")]
    [InlineData("grant_type=client_credentials", "Authorization:\r\n", "The Authorization header must hold well-formed Basic credentials.")]
    public async Task A_client_that_does_not_authenticate_is_invalid_client(string body, string headers, string description) =>
        Assert.Equal(Error(401, "Unauthorized", "invalid_client", description, Challenge), Sorted(await Ask(body, headers)));

    [Theory]
    [InlineData(OAuthErrorCode.InvalidRequest, 400, "Bad Request", "invalid_request", "")]
    [InlineData(OAuthErrorCode.InvalidClient, 401, "Unauthorized", "invalid_client", Challenge)]
    [InlineData(OAuthErrorCode.UnauthorizedClient, 400, "Bad Request", "unauthorized_client", "")]
    [InlineData(OAuthErrorCode.UnsupportedGrantType, 400, "Bad Request", "unsupported_grant_type", "")]
    [InlineData(OAuthErrorCode.InvalidScope, 400, "Bad Request", "invalid_scope", "")]
    [InlineData(OAuthErrorCode.InvalidTarget, 400, "Bad Request", "invalid_target", "")]
    [InlineData(OAuthErrorCode.TemporarilyUnavailable, 503, "Service Unavailable", "temporarily_unavailable", "Retry-After: 1\r\n")]
    public async Task Every_error_of_the_engine_has_its_name_and_status(
        OAuthErrorCode code, int status, string phrase, string error, string extra)
    {
        edge.Tokens.OnIssue = (_, _) => ValueTask.FromResult<TokenAnswer?>(new OAuthError(code, "So it is."));
        Assert.Equal(Error(status, phrase, error, "So it is.", extra), Sorted(await Ask(Post)));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_temporarily_unavailable()
    {
        edge.Tokens.OnIssue = async (_, _) =>
        {
            await Task.Yield();
            throw new StoreUnavailableException("the disk of host 7");
        };
        Assert.Equal(
            Error(503, "Service Unavailable", "temporarily_unavailable", "The store did not answer. Try again.", "Retry-After: 1\r\n"),
            Sorted(await Ask(Post)));
        Assert.Contains(edge.Log.Lines, line => line.Contains("the disk of host 7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_answer_is_the_same_answer()
    {
        edge.Tokens.OnIssue = async (ring, request) =>
        {
            await Task.Yield();
            return await ScriptedTokens.Usual(ring, request);
        };
        Assert.EndsWith("\"scope\":\"read write\"}", await Ask(Post), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/rings/es256/oauth2/token", "es256")]
    [InlineData("/oauth2/token", "default")]
    public async Task Each_ring_has_its_endpoint(string path, string ring)
    {
        string? asked = null;
        edge.Tokens.OnIssue = (given, request) =>
        {
            asked = given.Value;
            return ScriptedTokens.Usual(given, request);
        };
        Assert.StartsWith("HTTP/1.1 200 ", await Ask(Post, path: path), StringComparison.Ordinal);
        Assert.Equal(ring, asked);
    }

    [Theory]
    [InlineData("/rings/none/oauth2/token")]
    [InlineData("/rings/NONE/oauth2/token")]
    public async Task A_ring_that_does_not_exist_is_404(string path)
    {
        edge.Tokens.OnIssue = (_, _) => ValueTask.FromResult<TokenAnswer?>(null);
        Assert.StartsWith("HTTP/1.1 404 ", await Ask(Post, path: path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1")]
    [InlineData("")]
    public async Task Another_content_type_is_invalid_request(string type) => Assert.Equal(
        Error(400, "Bad Request", "invalid_request", "The body must be application/x-www-form-urlencoded in UTF-8."),
        Sorted(await Ask(Post, type: type)));

    [Theory]
    [InlineData(Form + "; charset=utf-8")]
    [InlineData(Form + ";charset=UTF-8")]
    [InlineData("Application/X-WWW-Form-Urlencoded")]
    public async Task The_right_one_is_taken_however_it_is_written(string type)
    {
        Assert.StartsWith("HTTP/1.1 200 ", await Ask(Post, type: type), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_comes_in_pieces_is_put_together()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
        {
            Headers = { TransferEncodingChunked = true },
            Content = new StringContent($"{Post}&scope={new string('s', 90_000)}", Encoding.UTF8, Form),
        };
        using var response = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(90_000, edge.Tokens.Requests[^1].Scope!.Length);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        using var response = await edge.Client.PostAsync(
            "/oauth2/token", new StringContent(new string('a', 102_401), Encoding.UTF8, Form), TestContext.Current.CancellationToken);
        Assert.Equal(413, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    public async Task Only_post_is_allowed(string method)
    {
        using var response = await edge.Send(method, "/oauth2/token");
        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    private Task<string> Ask(string body, string headers = "", string path = "/oauth2/token", string type = Form) => edge.SendRaw(
        $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-ID: t\r\n"
        + $"Content-Type: {type}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");
}
