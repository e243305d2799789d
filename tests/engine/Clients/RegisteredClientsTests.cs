using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Store;
using Tumbler.Tests.Certificates;

namespace Tumbler.Engine.Tests.Clients;

public sealed class RegisteredClientsTests : IAsyncLifetime
{
    private static readonly OrgSlug Acme = OrgSlug.Parse("acme");

    private readonly Installation installation = new();
    private readonly X509Certificate2 authority = TestCertificates.Authority();
    private readonly Asserting key;
    private Node node = null!;

    public RegisteredClientsTests() => key = new Asserting(() => installation.Clock.Now);

    public async ValueTask InitializeAsync()
    {
        installation.ClientAuthorities = [authority];
        node = await installation.StartNode();
        Node.Admitted(await node.Organizations.Create(new CreateOrganization("acme", "Acme", "it@acme.example"), Installation.Call()));
    }

    public ValueTask DisposeAsync()
    {
        key.Dispose();
        authority.Dispose();
        installation.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(false, Installation.Issuer)]
    [InlineData(true, Installation.Issuer)]
    [InlineData(true, $"{Installation.Issuer}/oauth2/token")]
    public async Task An_assertion_gets_a_token_of_the_clients_own_name(bool named, string audience)
    {
        var client = await Register(ByKey());

        var claims = node.Verify(await Token(key.Request(client, named ? client : null, audience, scope: "read"))).Claims;

        Assert.Equal((client.ToString(), client.ToString(), "read", "acme", null), (claims.ClientId, claims.Subject, claims.Scope, claims.Organization, claims.CertificateThumbprint));
        Assert.Equal(["https://api.example"], claims.Audiences);
    }

    [Fact]
    public async Task A_rings_assertion_names_the_rings_own_issuer()
    {
        var client = await Register(ByKey());
        var ring = RingId.Parse("partners");
        Node.Admitted(await node.Rings.Put(ring, new PutRing(Algorithm: "ES256"), Installation.Call()));

        await node.Token(key.Request(client, aud: $"{Installation.Issuer}/rings/partners"), ring);
        await Refused(key.Request(client, aud: $"{Installation.Issuer}/rings/partners"), SecurityReason.WrongAssertionAudience, client);
    }

    [Fact]
    public async Task An_assertion_is_good_once_also_on_another_node_and_after_a_restart()
    {
        var client = await Register(ByKey());
        var request = key.Request(client, jti: "one");
        await Token(request);

        await Refused(request, SecurityReason.ReplayedAssertion, client);
        var other = await installation.StartNode();
        Assert.Equal(OAuthErrorCode.InvalidClient, await other.TokenError(request));
        Assert.Equal(OAuthErrorCode.InvalidClient, await other.TokenError(key.Request(client, jti: "one")));
        installation.Restart();
        Assert.Equal(OAuthErrorCode.InvalidClient, await (await installation.StartNode()).TokenError(request));
        Assert.Null(await (await installation.StartNode()).TokenError(key.Request(client, jti: "two")));
    }

    [Fact]
    public async Task Of_many_who_use_one_at_once_one_gets_a_token()
    {
        var client = await Register(ByKey());
        var request = key.Request(client);

        var errors = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => node.TokenError(request))));

        Assert.Single(errors, error => error is null);
    }

    [Fact]
    public async Task The_same_jti_of_two_clients_is_two()
    {
        var (one, other) = (await Register(ByKey()), await Register(ByKey()));

        await Token(key.Request(one, jti: "1"));
        await Token(key.Request(other, jti: "1"));
    }

    [Fact]
    public async Task What_was_refused_is_not_used_up()
    {
        var client = await Register(ByKey());
        Assert.Equal(OAuthErrorCode.InvalidClient, await node.TokenError(key.Request(client, aud: "https://elsewhere.example", jti: "1")));

        await Token(key.Request(client, jti: "1"));
    }

    [Fact]
    public async Task While_the_store_is_away_none_is_accepted()
    {
        var client = await Register(ByKey());
        await Token(key.Request(client));
        installation.Store.UsedOnce.Away = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await node.Tokens.Issue(RingId.Default, key.Request(client)));
        await Refused(key.Request(client, aud: "https://elsewhere.example"), SecurityReason.WrongAssertionAudience, client);
    }

    [Fact]
    public async Task Each_refusal_looks_the_same_outside_and_has_its_name_in_the_log()
    {
        var client = await Register(ByKey());
        var onlyRsa = await Register(ByKey() with { TokenEndpointAuthSigningAlg = "RS256" });
        var byName = await Register(ByName());
        using var stranger = new Asserting(() => installation.Clock.Now);
        var unknown = ClientId.Of(Acme, "00000000000000000000");
        var nobody = ClientId.Of(OrgSlug.Parse("nobody"), "00000000000000000000");

        await Refused(key.Request(unknown), SecurityReason.UnknownClient, unknown);
        await Refused(key.Request(nobody), SecurityReason.UnknownClient, nobody);
        await Refused(key.Request(client, unknown), SecurityReason.ClientIdMismatch, unknown);
        await Refused(key.Request(client, issuer: unknown.ToString()), SecurityReason.WrongAssertionIssuer, client);
        await Refused(key.Request(client) with { Assertion = "x" }, SecurityReason.MalformedAssertion, null);
        await Refused(key.Request(client, header: """{"alg":"none"}"""), SecurityReason.MalformedAssertion, null);
        await Refused(key.Request(client, header: """{"alg":"HS256"}"""), SecurityReason.MalformedAssertion, null);
        await Refused(key.Request(onlyRsa), SecurityReason.MalformedAssertion, onlyRsa);
        await Refused(key.Request(client, header: """{"alg":"ES256","kid":"other"}"""), SecurityReason.BadAssertionSignature, client);
        await Refused(stranger.Request(client), SecurityReason.BadAssertionSignature, client);
        await Refused(key.Request(client, lives: -31), SecurityReason.ExpiredAssertion, client);
        await Refused(key.Request(client, lives: 331), SecurityReason.LongAssertion, client);
        await Refused(key.Request(byName), SecurityReason.WrongClientMethod, byName);
        await Refused(new TokenRequest(client.ToString(), null, null, [], Client.Origin()), SecurityReason.WrongClientMethod, client);
        await Refused(new TokenRequest("someone", null, null, [], Client.Origin()), SecurityReason.UnknownClient, null);
        await Refused(ByCertificate(byName, null), SecurityReason.NoCertificate, byName);
    }

    [Fact]
    public async Task A_client_that_has_ended_is_refused_everywhere_within_a_poll()
    {
        var other = await installation.StartNode();
        var (deleted, replaced, suspended) = (await Register(ByKey()), await Register(ByKey()), await Register(ByKey()));
        var expiring = await Register(ByKey() with { ExpiresAt = "2026-03-01T12:00:10Z" });
        foreach (var client in new[] { deleted, replaced, suspended, expiring })
            Assert.Null(await other.TokenError(key.Request(client)));

        using var next = new Asserting(() => installation.Clock.Now);
        Node.Admitted(await node.Clients.Delete(Acme, deleted, Installation.Call()));
        Node.Admitted(await node.Clients.Replace(Acme, replaced, ByKey() with { Jwks = next.Jwks }, Installation.Call()));
        await other.Poll();
        Assert.Equal(OAuthErrorCode.InvalidClient, await other.TokenError(key.Request(deleted)));
        Assert.Equal(OAuthErrorCode.InvalidClient, await other.TokenError(key.Request(replaced)));
        Assert.Null(await other.TokenError(next.Request(replaced)));
        installation.Clock.Advance(TimeSpan.FromSeconds(10));
        await Refused(key.Request(expiring), SecurityReason.ExpiredClient, expiring);
        Node.Admitted(await node.Organizations.Update(Acme, new UpdateOrganization(Status: "suspended"), Installation.Call()));
        await other.Poll();
        Assert.Equal(OAuthErrorCode.InvalidClient, await other.TokenError(key.Request(suspended)));
        await Refused(key.Request(suspended), SecurityReason.OrganizationSuspended, suspended);
    }

    [Fact]
    public async Task A_certificate_of_a_trusted_authority_with_the_registered_name_gets_a_token()
    {
        var client = await Register(ByName());
        using var good = TestCertificates.Issue(authority, names: names => names.AddDnsName("billing.acme.example"));
        using var other = TestCertificates.Issue(authority, names: names => names.AddDnsName("other.acme.example"));
        using var foreign = TestCertificates.Issue(names: names => names.AddDnsName("billing.acme.example"));
        using var expired = TestCertificates.Issue(authority, names: names => names.AddDnsName("billing.acme.example"), until: Installation.Start.AddHours(-1));
        using var future = TestCertificates.Issue(authority, names: names => names.AddDnsName("billing.acme.example"), from: Installation.Start.AddHours(1));
        using var forServers = TestCertificates.Issue(authority, names: names => names.AddDnsName("billing.acme.example"), forClients: false);

        Assert.Null(node.Verify(await Token(ByCertificate(client, good))).Claims.CertificateThumbprint);
        await Refused(ByCertificate(client, other), SecurityReason.ForeignCertificate, client);
        await Refused(ByCertificate(client, foreign), SecurityReason.UntrustedCertificate, client);
        await Refused(ByCertificate(client, expired), SecurityReason.UntrustedCertificate, client);
        await Refused(ByCertificate(client, future), SecurityReason.UntrustedCertificate, client);
        await Refused(ByCertificate(client, forServers), SecurityReason.UntrustedCertificate, client);
        installation.ClientAuthorities = [];
        await Refused(ByCertificate(client, good), SecurityReason.UntrustedCertificate, client);
    }

    [Fact]
    public async Task A_certificate_whose_key_is_registered_gets_a_token_whoever_has_signed_it()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = own.ExportParameters(false).Q;
        var jwks = JsonSerializer.SerializeToElement(new
        {
            keys = new[] { new { kty = "EC", crv = "P-256", x = System.Buffers.Text.Base64Url.EncodeToString(point.X), y = System.Buffers.Text.Base64Url.EncodeToString(point.Y) } },
        });
        var client = await Register(new PutClient("billing", "self_signed_tls_client_auth", jwks, TlsClientCertificateBoundAccessTokens: true));
        using var good = TestCertificates.Issue(key: own);
        using var foreign = TestCertificates.Issue();
        using var expired = TestCertificates.Issue(key: own, until: Installation.Start.AddHours(-1));

        Assert.Equal(good.Thumbprint(), node.Verify(await Token(ByCertificate(client, good))).Claims.CertificateThumbprint);
        await Refused(ByCertificate(client, foreign), SecurityReason.ForeignCertificate, client);
        await Refused(ByCertificate(client, expired), SecurityReason.UntrustedCertificate, client);
    }

    [Fact]
    public async Task A_client_with_a_key_whose_tokens_are_bound_shows_a_certificate_too()
    {
        var client = await Register(ByKey() with { TlsClientCertificateBoundAccessTokens = true });
        using var certificate = TestCertificates.Issue();

        Assert.Equal(certificate.Thumbprint(), node.Verify(await Token(key.Request(client, certificate: certificate))).Claims.CertificateThumbprint);
        await Refused(key.Request(client), SecurityReason.NoCertificate, client);
    }

    [Fact]
    public async Task What_was_not_granted_is_an_event_of_the_client()
    {
        var client = await Register(ByKey());

        Assert.Equal(OAuthErrorCode.InvalidScope, await node.TokenError(key.Request(client, scope: "write")));

        Assert.Equal(new SecurityEvent(SecurityReason.InvalidScope, Client.Origin(), installation.Clock.Now) { Client = client, Org = Acme }, Only());
    }

    [Fact]
    public async Task Clients_are_listed_shown_replaced_and_deleted()
    {
        var (one, other) = (await Register(ByKey()), await Register(ByName()));

        Assert.Equal(new[] { one, other }.Select(id => id.ToString()).Order(StringComparer.Ordinal),
            Node.Admitted(await node.Clients.List(Acme, new PageRequest(null, 10))).Items.Select(client => client.ClientId.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("billing", Node.Admitted(await node.Clients.Get(Acme, one)).ClientName);
        Assert.Equal("other", Node.Admitted(await node.Clients.Replace(Acme, one, ByName() with { ClientName = "other" }, Installation.Call())).ClientName);
        Node.Admitted(await node.Clients.Delete(Acme, one, Installation.Call()));
        Assert.False((await node.Clients.Get(Acme, one)).Succeeded);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task A_registration_that_is_sent_twice_happens_once()
    {
        var first = Node.Admitted(await node.Clients.Create(Acme, ByKey(), Installation.Call("key-1")));
        var second = Node.Admitted(await node.Clients.Create(Acme, ByKey(), Installation.Call("key-1")));

        Assert.Equal(first.ClientId, second.ClientId);
        Assert.Single((await installation.Organization("acme")).Clients);
    }

    private PutClient ByKey() => new("billing", "private_key_jwt", key.Jwks, Scopes: ["read"], Audiences: ["https://api.example"]);

    private static PutClient ByName() => new("billing", "tls_client_auth", TlsClientAuthSanDns: "billing.acme.example");

    private static TokenRequest ByCertificate(ClientId client, X509Certificate2? certificate) =>
        new(client.ToString(), null, null, [], Client.Origin()) { Certificate = certificate };

    private async Task<ClientId> Register(PutClient request) => Node.Admitted(await node.Clients.Create(Acme, request, Installation.Call())).ClientId;

    private async Task<string> Token(TokenRequest request) => await node.Token(request);

    private async Task Refused(TokenRequest request, SecurityReason reason, ClientId? client)
    {
        (await node.Tokens.Issue(RingId.Default, request))!.Value.TryGet(out _, out var error);
        Assert.Equal(new OAuthError(OAuthErrorCode.InvalidClient, "Client authentication failed."), error);
        Assert.Equal(new SecurityEvent(reason, Client.Origin(), installation.Clock.Now) { Client = client }, Only());
    }

    private SecurityEvent Only() => Assert.Single(node.Get<SecurityEvents>().Take()!.Tallies).First;
}
