using System.Net;
using System.Net.Sockets;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Gateways;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Certificates;

namespace Tumbler.Stories.Tests;

public sealed class S21_Gateways_ask_before_they_let_through(StoryRun run)
{
    private const string Audience = "https://orders.example";
    private const string Question = "?scope=orders:read&audience=https://orders.example";

    private static readonly (string, string)[] Forged =
    [
        ("X-Auth-Subject", "root"), ("X-Auth-Org", "other"), ("X-Auth-Scopes", "everything"), ("X-Auth-Key-Id", "1"),
        ("X-Client-Cert-Subject", "CN=billing"), ("X-Forwarded-Uri", "/public/"), ("X-Original-URI", "/public/"),
    ];

    [Fact]
    public Task Nginx_by_tokens_and_keys() => TokensAndKeys("nginx-tokens", gateways => gateways.Nginx("nginx-auth-request.conf"));

    [Fact]
    public Task HAProxy_by_tokens_and_keys() => TokensAndKeys("haproxy-tokens", gateways => gateways.HAProxy());

    [Fact]
    public async Task Nginx_by_certificates()
    {
        using var home = new SiloHome(run, "nginx-certificates");
        await using var silo = await Start(home);
        await using var gateways = new Gateways.Gateways(run, silo);
        await using (var optional = await gateways.Nginx("nginx-client-certificates.conf"))
        {
            await Certificates(optional, gateways.Authority, stranger: HttpStatusCode.BadRequest);
            await Paths(optional);
        }

        await using var required = await gateways.Nginx("nginx-client-certificates.conf", ("ssl_verify_client optional;", "ssl_verify_client on;"));
        Assert.Equal(HttpStatusCode.BadRequest, (await required.Get("/orders", Forged)).Status);
        var known = await required.Ask(HttpMethod.Get, "/orders", gateways.Authority.Issue("billing"), Forged);
        Assert.Equal(("CN=billing", null, null, null), known.Echoed!.Identity);
        Assert.Equal(HttpStatusCode.Forbidden, (await required.Ask(HttpMethod.Get, "/orders", gateways.Authority.Issue("shipping"))).Status);
    }

    [Fact]
    public async Task HAProxy_by_certificates()
    {
        using var home = new SiloHome(run, "haproxy-certificates");
        await using var silo = await Start(home);
        await using var gateways = new Gateways.Gateways(run, silo);
        await using var gateway = await gateways.HAProxy((Question, ""));
        await Certificates(gateway, gateways.Authority, stranger: null);
        await Paths(gateway);
        await Nobody_else_speaks_for_others(silo);
    }

    private async Task TokensAndKeys(string name, Func<Gateways.Gateways, Task<RunningGateway>> start)
    {
        using var home = new SiloHome(run, name);
        await using var silo = await Start(home);
        await using var gateways = new Gateways.Gateways(run, silo);
        await using var gateway = await start(gateways);
        await silo.Admin.CreateOrganization("acme");
        var good = await silo.Admin.CreateApiKeyWith("acme", ["orders:read"], [Audience]);
        var poor = await silo.Admin.CreateApiKeyWith("acme", ["orders:list"], [Audience]);
        var elsewhere = await silo.Admin.CreateApiKeyWith("acme", ["orders:read"], ["https://invoices.example"]);
        var token = await silo.Tokens.ByBasic(good);

        Refused(HttpStatusCode.Unauthorized, "Bearer realm=\"tumbler\", ApiKey realm=\"tumbler\"", await gateway.Get("/orders"));
        Refused(HttpStatusCode.Unauthorized, null, await gateway.Get("/orders", Forged));
        Refused(HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\"", await gateway.Get("/orders", Bearer(token.Tampered())));
        Refused(HttpStatusCode.Unauthorized, null, await gateway.Get("/orders", Bearer((await silo.Tokens.ByBasic(elsewhere)).Text)));
        Refused(HttpStatusCode.Unauthorized, null, await gateway.Get("/orders", ("X-API-Key", good.Key[..^1])));
        Refused(HttpStatusCode.Unauthorized, null, await gateway.Get("/orders", Bearer(token.Text), ("X-API-Key", good.Key)));
        Refused(HttpStatusCode.Forbidden, null, await gateway.Get("/orders", Bearer((await silo.Tokens.ByBasic(poor)).Text)));
        Refused(HttpStatusCode.Forbidden, null, await gateway.Get("/orders", ("X-API-Key", poor.Key)));
        Refused(HttpStatusCode.Forbidden, null, await gateway.Get("/orders", ("X-API-Key", elsewhere.Key)));

        foreach (var credential in ((string, string)[])[Bearer(token.Text), ("X-API-Key", good.Key)])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Options])
            {
                var answer = await gateway.Ask(method, "/orders/7?a=1", null, [credential, .. Forged]);
                Assert.Equal(HttpStatusCode.OK, answer.Status);
                Assert.Equal((method.Method, "/orders/7?a=1"), (answer.Echoed!.Method, answer.Echoed.Url));
                Assert.Equal((good.Id, "acme", "orders:read", good.Id), answer.Echoed.Identity);
                Assert.Null(answer.Echoed.Header("authorization") ?? answer.Echoed.Header("x-api-key") ?? answer.Echoed.Header("x-client-cert-subject"));
            }
        }

        // A key that is revoked takes its tokens with it, while they could still be used for minutes.
        await silo.Admin.RevokeApiKey("acme", good.Id);
        Refused(HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\"", await gateway.Get("/orders", Bearer(token.Text)));
    }

    /// <param name="stranger">What the gateway itself answers somebody with another authority's certificate; null when it cuts off.</param>
    private static async Task Certificates(RunningGateway gateway, TestAuthority authority, HttpStatusCode? stranger)
    {
        var (known, unlisted) = (authority.Issue("billing"), authority.Issue("shipping"));
        var allowed = await gateway.Ask(HttpMethod.Get, "/orders", known, Forged);
        Assert.Equal(HttpStatusCode.OK, allowed.Status);
        Assert.Equal(("CN=billing", null, null, null), allowed.Echoed!.Identity);
        Refused(HttpStatusCode.Forbidden, null, await gateway.Ask(HttpMethod.Get, "/orders", unlisted, Forged));
        Refused(HttpStatusCode.Unauthorized, null, await gateway.Get("/orders", Forged));

        using var foreign = new TestAuthority("somebody else's");
        var theirs = foreign.Issue("billing");
        if (stranger is { } status)
            Refused(status, null, await gateway.Ask(HttpMethod.Get, "/orders", theirs));
        else
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => gateway.Ask(HttpMethod.Get, "/orders", theirs));
    }

    private static async Task Paths(RunningGateway gateway)
    {
        var exempt = await gateway.Get("/public/logo.svg?a=..", ("X-Auth-Subject", "root"));
        Assert.Equal(HttpStatusCode.OK, exempt.Status);
        Assert.Equal(default, exempt.Echoed!.Identity);
        foreach (var path in (string[])["/public/../orders", "/public/%2e%2e/orders", "//public/logo.svg", "/PUBLIC/logo.svg", "/publicity", "/orders?/public/"])
            Refused(HttpStatusCode.Unauthorized, null, await gateway.Get(path));
    }

    private static async Task Nobody_else_speaks_for_others(SiloProcess silo)
    {
        foreach (var header in (string[])["X-Client-Cert-Subject: CN=billing", "X-Original-URI: /public/", "X-Forwarded-Uri: /public/"])
        {
            Assert.Equal("HTTP/1.1 401 Unauthorized", await StatusLine(silo, from: "127.0.0.3", header));
            Assert.Equal("HTTP/1.1 200 OK", await StatusLine(silo, from: "127.0.0.1", header));
        }
    }

    private static async Task<string?> StatusLine(SiloProcess silo, string from, string header)
    {
        using var socket = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, silo.Home.Url.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            System.Text.Encoding.ASCII.GetBytes($"GET /api/v1/forward-auth HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n\r\n"),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken);
    }

    private static Task<SiloProcess> Start(SiloHome home) => home.Start(
        "--Rings:default:Algorithm", "ES256", "--Proxies:Trusted", "127.0.0.1", "--Auth:ForwardAuth:Methods", "jwt;api-key;mtls",
        "--Auth:ClientSubjects:0", "CN=billing", "--Auth:ForwardAuth:ExemptPaths", "/public/");

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static void Refused(HttpStatusCode status, string? challenge, GatewayAnswer answer)
    {
        Assert.Equal(status, answer.Status);
        Assert.Null(answer.Echoed);
        if (challenge is not null)
            Assert.Equal(challenge, answer.Challenge);
    }
}
