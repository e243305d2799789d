using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Certificates;

namespace Tumbler.Stories.Tests;

/// <summary>npm's openid-client against the product's own TLS: it is told an issuer and who it is, and finds out the rest.</summary>
public sealed class S22_openid_client_needs_no_shared_secret(StoryRun run) : IDisposable
{
    private static readonly string[] Scopes = ["read"];

    private readonly TestAuthority serverAuthority = new("server authority");
    private readonly TestAuthority clientAuthority = new("client authority");

    public void Dispose()
    {
        serverAuthority.Dispose();
        clientAuthority.Dispose();
    }

    [Fact]
    public async Task It_signs_assertions_or_shows_certificates()
    {
        using var home = new SiloHome(run, "openid-client");
        var issuer = string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{SiloHome.FreePort()}");
        await using var silo = await home.Start(
            "--urls", $"{home.Issuer};{issuer}",
            "--Tokens:Issuer", issuer,
            "--Listen:Certificate:Path", serverAuthority.Issue("server"),
            "--Auth:ClientAuthorities", clientAuthority.Path,
            "--Auth:JwksUri:AllowedNetworks", "127.0.0.1");
        await silo.Admin.CreateOrganization("acme");
        await using var openid = new OpenIdClient(run, issuer, serverAuthority.Pem);

        foreach (var algorithm in new[] { "ES256", "PS256" })
        {
            var jwk = await openid.NewKey(algorithm, $"key of {algorithm}");
            var id = await silo.Admin.RegisterClient("acme", Registration("private_key_jwt", new { keys = new[] { jwk } }));
            var token = await openid.Token(id, "private_key_jwt", algorithm, $"key of {algorithm}");
            Assert.Null(token.CertificateThumbprint);
            AssertRevoked(id, await openid.Revoke(token, id, "private_key_jwt", algorithm, $"key of {algorithm}"));
            Assert.StartsWith("invalid_client", await openid.Error(id, "private_key_jwt", algorithm, "another"), StringComparison.Ordinal);

            await silo.Admin.DeleteClient("acme", id);
            Assert.StartsWith("invalid_client", await openid.Error(id, "private_key_jwt", algorithm, $"key of {algorithm}"), StringComparison.Ordinal);
        }

        using var published = new PublishedKeys(await openid.NewKey("ES256", "published"));
        var byUri = await silo.Admin.RegisterClient("acme", new
        {
            client_name = "story", token_endpoint_auth_method = "private_key_jwt", jwks_uri = published.Address, scopes = Scopes,
        });
        await openid.Token(byUri, "private_key_jwt", "ES256", "published");
        await openid.Token(byUri, "private_key_jwt", "ES256", "published");
        Assert.Equal(1, published.Requests);

        var pem = clientAuthority.Pems("billing");
        var byName = await silo.Admin.RegisterClient("acme", new
        {
            client_name = "story", token_endpoint_auth_method = "tls_client_auth", tls_client_auth_subject_dn = "CN=billing",
            tls_client_certificate_bound_access_tokens = true, scopes = Scopes,
        });
        var bound = await openid.Token(byName, "tls_client_auth", certificate: pem);
        Assert.Equal(Thumbprint(pem), bound.CertificateThumbprint);
        var (before, after) = await openid.Revoke(bound, byName, "tls_client_auth", certificate: pem);
        AssertRevoked(byName, (before, after));
        Assert.Equal(Thumbprint(pem), before.GetProperty("cnf").GetProperty("x5t#S256").GetString());
        Assert.StartsWith("invalid_client", await openid.Error(byName, "tls_client_auth", certificate: clientAuthority.Pems("other")), StringComparison.Ordinal);
        Assert.StartsWith("invalid_client", await openid.Error(byName, "tls_client_auth", certificate: serverAuthority.Pems("billing")), StringComparison.Ordinal);
        Assert.StartsWith("invalid_client", await openid.Error(byName, "tls_client_auth"), StringComparison.Ordinal);

        var own = serverAuthority.Pems("whoever");
        var byKey = await silo.Admin.RegisterClient("acme", Registration("self_signed_tls_client_auth", new { keys = new[] { JwkOf(own) } }));
        Assert.Null((await openid.Token(byKey, "self_signed_tls_client_auth", certificate: own)).CertificateThumbprint);
        Assert.StartsWith("invalid_client", await openid.Error(byKey, "self_signed_tls_client_auth", certificate: pem), StringComparison.Ordinal);
    }

    private static void AssertRevoked(string client, (JsonElement Before, JsonElement After) token)
    {
        Assert.True(token.Before.GetProperty("active").GetBoolean());
        Assert.Equal((client, "read", "acme"), (Text("client_id"), Text("scope"), Text("org")));
        Assert.Equal("""{"active":false}""", token.After.GetRawText());

        string Text(string name) => token.Before.GetProperty(name).GetString()!;
    }

    private static object Registration(string method, object jwks) =>
        new { client_name = "story", token_endpoint_auth_method = method, jwks, scopes = Scopes };

    private static string Thumbprint(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return Base64Url.EncodeToString(SHA256.HashData(certificate.RawData));
    }

    private static JsonElement JwkOf(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        using var key = certificate.GetECDsaPublicKey()!;
        var point = key.ExportParameters(false).Q;
        return JsonSerializer.SerializeToElement(
            new { kty = "EC", crv = "P-256", x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) });
    }
}
