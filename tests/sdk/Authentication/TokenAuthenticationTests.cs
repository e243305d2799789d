using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Tumbler.Client.Tests.Issuers;
using Tumbler.Client.Tests.Services;

namespace Tumbler.Client.Tests.Authentication;

public sealed class TokenAuthenticationTests(TokenAuthenticationTests.Pair pair) : IClassFixture<TokenAuthenticationTests.Pair>
{
    private readonly TestIssuer issuer = pair.Issuer;
    private readonly GuardedService service = pair.Service;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_good_token_is_let_in_and_says_who_it_is()
    {
        var answer = await service.Get("/orders", issuer.Token(Now));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("jwt 77e1c0de-0000-4000-8000-000000000001", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Without_a_credential_it_is_401_and_nothing_is_said_of_what_is_wrong()
    {
        foreach (var path in (string[])["/orders", "/anything", "/no-such-page", "/public/orders", "/"])
        {
            var answer = await service.Get(path);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Bearer realm=\"tumbler\"", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    public async Task A_bad_token_is_401_invalid_token(string token)
    {
        var answer = await service.Get("/orders", null, ("Authorization", $"Bearer {token}"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer realm=\"tumbler\", error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_token_without_the_scope_is_403_and_says_which_is_needed()
    {
        var answer = await service.Send(HttpMethod.Delete, "/orders", issuer.Token(Now, "orders:read"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("Bearer realm=\"tumbler\", error=\"insufficient_scope\", scope=\"orders:read orders:write\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.OK, (await service.Send(HttpMethod.Delete, "/orders", issuer.Token(Now, "orders:write orders:read"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Get("/orders", issuer.Token(Now, "ORDERS:READ orders:readers"))).StatusCode);
    }

    [Fact]
    public async Task A_role_is_needed_where_one_is_asked_for()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Get("/manage", issuer.Token(Now))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Get("/manage", With("roles", new JsonArray("clerk")))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Get("/manage", With("Roles", "manager"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Get("/manage", With("roles", new JsonArray("clerk", "manager")))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Get("/manage", With("roles", "owner"))).StatusCode);
    }

    [Fact]
    public async Task A_claim_that_is_spelled_like_the_scope_is_none() =>
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Get("/orders", With("scope", "other", "Scope", "orders:read"))).StatusCode);

    [Fact]
    public async Task What_asks_for_nothing_needs_a_credential_all_the_same()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Get("/anything")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Get("/anything", issuer.Token(Now))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Get("/open")).StatusCode);
    }

    [Fact]
    public async Task Two_credentials_are_one_too_many()
    {
        var token = issuer.Token(Now);
        var answer = await Raw($"GET /orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\nAuthorization: Bearer {token}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
        Assert.Contains("error=\"invalid_request\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health", 200)]
    [InlineData("/health?a=b", 200)]
    [InlineData("/public/page", 200)]
    [InlineData("/public/nothing", 404)]
    [InlineData("/health/", 401)]
    [InlineData("/Health", 401)]
    [InlineData("/healthy", 401)]
    [InlineData("/public", 401)]
    [InlineData("/PUBLIC/page", 401)]
    [InlineData("//public/page", 401)]
    [InlineData("/public//page", 401)]
    [InlineData("/public/%70age", 401)]
    [InlineData("/public/%2e%2e/orders", 401)]
    [InlineData("/public/../orders", 401)]
    [InlineData("/public/./page", 401)]
    [InlineData("/public/.hidden", 401)]
    [InlineData("/public/page;x", 401)]
    [InlineData("/public\\page", 401)]
    [InlineData("/public/%00", 400)]
    [InlineData("/public/orders", 401)]
    [InlineData("http://x/public/page", 401)]
    public async Task A_path_is_exempt_only_in_its_one_form(string target, int status)
    {
        var answer = await Raw($"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_there_are_no_keys_it_is_503_and_worth_another_try()
    {
        await using var dead = await TestIssuer.Start();
        dead.Fail(TestIssuer.Jwks);
        await using var service = await GuardedService.Start(dead);

        var answer = await service.Get("/orders", dead.Token(Now));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, (await service.Get("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Get("/orders")).StatusCode);
    }

    [Fact]
    public async Task No_token_is_in_the_log()
    {
        string[] all = [issuer.Token(Now), issuer.Token(Now - TimeSpan.FromHours(1)), TestKey.New().Sign(TestClaims.Of(issuer.Url, Now)), "xyzzy-is-no-token"];
        foreach (var token in all)
            await service.Get("/orders", token);

        Assert.NotEmpty(service.Log.All);
        Assert.All(service.Log.All, line => Assert.All(all, token => Assert.DoesNotContain(token, line.Text, StringComparison.Ordinal)));
        Assert.All(service.Log.All, line => Assert.All(all, token => Assert.DoesNotContain(token[(token.LastIndexOf('.') + 1)..], line.Text, StringComparison.Ordinal)));
    }

    private string With(params JsonNode[] pairs)
    {
        var claims = TestClaims.Of(issuer.Url, Now);
        for (var at = 0; at < pairs.Length; at += 2)
            claims.With((string)pairs[at]!, pairs[at + 1]);
        return issuer.Signer.Sign(claims);
    }

    private async Task<string> Raw(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", service.Http.BaseAddress!.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>One for all of them: none of them changes anything.</summary>
    public sealed class Pair : IAsyncLifetime
    {
        internal TestIssuer Issuer { get; private set; } = null!;

        internal GuardedService Service { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Issuer = await TestIssuer.Start();
            Service = await GuardedService.Start(Issuer);
        }

        public async ValueTask DisposeAsync()
        {
            await Service.DisposeAsync();
            await Issuer.DisposeAsync();
        }
    }
}
