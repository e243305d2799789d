using System.Text.Json;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Addresses;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;
using Tumbler.Core.Organizations;
using Tumbler.Core.Tests.Tokens;

namespace Tumbler.Core.Tests.Organizations;

public sealed class ClientDecisionsTests
{
    private static readonly KeyAddresses Addresses = new(PlainHttp: false, AddressList.Empty);

    private static readonly JsonElement Jwks = JsonElement.Parse(
        $$"""{"keys":[{{Samples.Json(Samples.Key(JwsAlgorithm.ES256).PublicJwk(Samples.Kid(1)))}}]}""");

    private static readonly PutClient ByKey = new("billing", "private_key_jwt", Jwks, Scopes: ["read"], Audiences: ["https://api.example"]);

    private static readonly PutClient ByName = new("billing", "tls_client_auth", TlsClientAuthSanDns: "billing.acme.example");

    private static ClientId Id(int number) => ClientId.Of(Acme.Slug, number.ToString("x20"));

    [Fact]
    public void A_client_is_registered_and_audited_by_its_keys_thumbprint()
    {
        var decision = Acme.Value(ClientDecisions.Create(Acme.With(), Acme.Slug, ByKey, Id(1), Addresses, Acme.Now));

        Assert.Equal(decision.Answer, decision.Next.Clients[Id(1)]);
        Assert.Equal((Acme.Now, Acme.Now), (decision.Answer.CreatedAt, decision.Answer.UpdatedAt));
        var entry = Assert.Single(decision.Audit);
        Assert.Equal(
            (AuditAction.Create, AuditResource.Credential, Id(1).ToString(), Acme.Slug),
            (entry.Action, entry.ResourceType, entry.ResourceId, entry.Org));
        Assert.Equal(Assert.Single(decision.Answer.Keys!.Keys).Thumbprint(), entry.Details["keys"]);
        Assert.Equal("private_key_jwt", entry.Details["method"]);
    }

    [Fact]
    public void What_is_shown_of_it_is_what_was_registered()
    {
        var request = ByName with { TlsClientCertificateBoundAccessTokens = true, ExpiresAt = "2027-01-01T00:00:00Z" };
        var view = Created(Acme.With(), request).View();

        Assert.Equal(("billing", ClientAuthMethod.TlsClientAuth, "billing.acme.example", true),
            (view.ClientName, view.TokenEndpointAuthMethod, view.TlsClientAuthSanDns, view.TlsClientCertificateBoundAccessTokens));
        Assert.Equal(((object?)null, (string?)null, new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)), (view.Jwks, view.TlsClientAuthSubjectDn, view.ExpiresAt!.Value));
    }

    [Fact]
    public void Replacing_replaces_all_and_says_what_is_different()
    {
        var state = Acme.With() with { Clients = Acme.With().Clients.Add(Id(1), Created(Acme.With(), ByKey)) };
        var later = Acme.Now.AddHours(1);

        var decision = Acme.Value(ClientDecisions.Replace(state, Acme.Slug, Id(1), ByName with { Scopes = ["read"] }, Addresses, later));

        Assert.Equal((Acme.Now, later), (decision.Answer.CreatedAt, decision.Answer.UpdatedAt));
        Assert.Null(decision.Answer.Keys);
        Assert.Empty(decision.Answer.Audiences);
        Assert.Equal(["audiences", "certificate_name", "keys", "method"], Assert.Single(decision.Audit).Details.Keys.Order());
        Assert.Equal("san_dns:billing.acme.example", decision.Audit[0].Details["certificate_name"]);
    }

    [Fact]
    public void Replacing_by_the_same_changes_nothing()
    {
        var state = Acme.With() with { Clients = Acme.With().Clients.Add(Id(1), Created(Acme.With(), ByKey)) };

        var decision = Acme.Value(ClientDecisions.Replace(state, Acme.Slug, Id(1), ByKey, Addresses, Acme.Now.AddHours(1)));

        Assert.Same(state, decision.Next);
        Assert.Empty(decision.Audit);
    }

    [Fact]
    public void A_deleted_client_is_gone()
    {
        var state = Acme.With() with { Clients = Acme.With().Clients.Add(Id(1), Created(Acme.With(), ByKey)) };

        var decision = Acme.Value(ClientDecisions.Delete(state, Acme.Slug, Id(1)));

        Assert.Empty(decision.Next.Clients);
        Assert.Equal(AuditAction.Delete, Assert.Single(decision.Audit).Action);
        Acme.Refusal(ClientDecisions.Delete(decision.Next, Acme.Slug, Id(1)), ErrorCode.NotFound);
        Acme.Refusal(ClientDecisions.Replace(decision.Next, Acme.Slug, Id(1), ByKey, Addresses, Acme.Now), ErrorCode.NotFound);
    }

    [Fact]
    public void With_the_organisation_go_its_clients()
    {
        var state = Acme.With() with { Clients = Acme.With().Clients.Add(Id(1), Created(Acme.With(), ByKey)) };

        var decision = Acme.Value(OrganizationDecisions.Delete(state, Acme.Slug, Acme.Now));

        Assert.Empty(decision.Next.Clients);
        Assert.Contains(decision.Audit, entry => entry.ResourceId == Id(1).ToString() && entry.Action == AuditAction.Delete);
        Acme.Refusal(ClientDecisions.Create(decision.Next, Acme.Slug, ByKey, Id(2), Addresses, Acme.Now), ErrorCode.NotFound);
    }

    [Fact]
    public void An_organisation_has_a_hundred_clients_at_most()
    {
        var state = Acme.With();
        for (var i = 0; i < Organization.MaxClients; i++)
            state = Acme.Value(ClientDecisions.Create(state, Acme.Slug, ByName, Id(i), Addresses, Acme.Now)).Next;

        Acme.Refusal(ClientDecisions.Create(state, Acme.Slug, ByName, Id(1000), Addresses, Acme.Now), ErrorCode.Conflict);
        Acme.Value(ClientDecisions.Replace(state, Acme.Slug, Id(1), ByKey, Addresses, Acme.Now));
    }

    [Theory]
    [InlineData(OrganizationStatus.Active, false, 0, null)]
    [InlineData(OrganizationStatus.Suspended, false, 0, SecurityReason.OrganizationSuspended)]
    [InlineData(OrganizationStatus.Active, true, 0, SecurityReason.OrganizationDeleted)]
    [InlineData(OrganizationStatus.Active, false, 3600, SecurityReason.ExpiredClient)]
    public void The_organisation_says_whether_a_client_is_accepted(OrganizationStatus status, bool deleted, int seconds, SecurityReason? reason)
    {
        var client = Created(Acme.With(), ByName) with { ExpiresAt = Acme.Now.AddHours(1) };

        Assert.Equal(reason, (Acme.With() with { Status = status, Deleted = deleted }).WhyNot(client, Acme.Now.AddSeconds(seconds)));
    }

    public static TheoryData<PutClient, string, string> Wrong => new()
    {
        { ByKey with { ClientName = null }, "client_name", "required" },
        { ByKey with { TokenEndpointAuthMethod = null }, "token_endpoint_auth_method", "required" },
        { ByKey with { TokenEndpointAuthMethod = "client_secret_basic" }, "token_endpoint_auth_method", "one_of" },
        { ByKey with { TokenEndpointAuthMethod = "none" }, "token_endpoint_auth_method", "one_of" },
        { ByKey with { Jwks = null }, "jwks", "exactly_one" },
        { ByKey with { JwksUri = "https://keys.example/" }, "jwks", "exactly_one" },
        { ByKey with { Jwks = null, JwksUri = "http://keys.example/" }, "jwks_uri", "jwks_uri" },
        { ByKey with { Jwks = null, JwksUri = "https://169.254.169.254/latest" }, "jwks_uri", "jwks_uri" },
        { ByKey with { Jwks = JsonElement.Parse("""{"keys":[{"kty":"oct","k":"AQAB"}]}""") }, "jwks.keys[0].k", "private_member" },
        { ByKey with { TokenEndpointAuthSigningAlg = "HS256" }, "token_endpoint_auth_signing_alg", "one_of" },
        { ByKey with { TokenEndpointAuthSigningAlg = "none" }, "token_endpoint_auth_signing_alg", "one_of" },
        { ByKey with { TlsClientAuthSubjectDn = "CN=a" }, "tls_client_auth_subject_dn", "superfluous" },
        { ByKey with { ExpiresAt = "2020-01-01T00:00:00Z" }, "expires_at", "future_time" },
        { ByKey with { Scopes = ["a b"] }, "scopes[0]", "scope" },
        { ByKey with { Audiences = ["nowhere"] }, "audiences[0]", "audience" },
        { ByName with { Jwks = Jwks }, "jwks", "superfluous" },
        { ByName with { JwksUri = "https://keys.example/" }, "jwks_uri", "superfluous" },
        { ByName with { TokenEndpointAuthSigningAlg = "ES256" }, "token_endpoint_auth_signing_alg", "superfluous" },
        { ByName with { TlsClientAuthSanDns = null }, "tls_client_auth_subject_dn", "exactly_one" },
        { ByName with { TlsClientAuthSanEmail = "a@b.example" }, "tls_client_auth_subject_dn", "exactly_one" },
        { ByName with { TlsClientAuthSanDns = "*.acme.example" }, "tls_client_auth_san_dns", "san_dns" },
        { ByName with { TlsClientAuthSanDns = null, TlsClientAuthSanIp = "10.1" }, "tls_client_auth_san_ip", "san_ip" },
        { ByName with { TlsClientAuthSanDns = null, TlsClientAuthSanUri = "spiffe" }, "tls_client_auth_san_uri", "san_uri" },
        { ByName with { TlsClientAuthSanDns = null, TlsClientAuthSanEmail = "acme" }, "tls_client_auth_san_email", "san_email" },
        { ByName with { TlsClientAuthSanDns = null, TlsClientAuthSubjectDn = "acme" }, "tls_client_auth_subject_dn", "subject_dn" },
        { ByName with { TlsClientAuthSanDns = "" }, "tls_client_auth_san_dns", "san_dns" },
        { new PutClient("x", "self_signed_tls_client_auth"), "jwks", "exactly_one" },
        { new PutClient("x", "self_signed_tls_client_auth", Jwks, TokenEndpointAuthSigningAlg: "ES256"), "token_endpoint_auth_signing_alg", "superfluous" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named(PutClient request, string field, string rule)
    {
        var refusal = Acme.Refusal(ClientDecisions.Create(Acme.With(), Acme.Slug, request, Id(1), Addresses, Acme.Now), ErrorCode.InvalidInput);

        Assert.Equal((field, rule), (Assert.Single(refusal.Fields).Field, refusal.Fields[0].Rule));
    }

    [Theory]
    [InlineData("")]
    [InlineData("billing")]
    [InlineData("CN=")]
    [InlineData("CN=billing,")]
    [InlineData("XX=billing")]
    [InlineData("CN=a+OU=b")]
    [InlineData("CN=#0c0161")]
    [InlineData("CN=\"a\"")]
    [InlineData("CN=a\\")]
    [InlineData("CN=a\\zz")]
    [InlineData("CN=a;O=b")]
    public void What_is_no_distinguished_name_is_none(string text)
    {
        var request = ByName with { TlsClientAuthSanDns = null, TlsClientAuthSubjectDn = text };
        var refusal = Acme.Refusal(ClientDecisions.Create(Acme.With(), Acme.Slug, request, Id(1), Addresses, Acme.Now), ErrorCode.InvalidInput);

        Assert.Equal(("tls_client_auth_subject_dn", "subject_dn"), (Assert.Single(refusal.Fields).Field, refusal.Fields[0].Rule));
    }

    private static RegisteredClient Created(Organization organization, PutClient request) =>
        Acme.Value(ClientDecisions.Create(organization, Acme.Slug, request, Id(1), Addresses, Acme.Now)).Answer;
}
