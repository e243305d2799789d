using System.Buffers.Text;
using System.Collections.Frozen;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Api.ForwardAuth;
using Tumbler.Api.Tests.Http;
using Tumbler.Core.Addresses;
using Tumbler.Core.Audit;
using Tumbler.Core.Proxies;

namespace Tumbler.Api.Tests.ForwardAuth;

/// <summary>What only a known gateway can say: whose certificate it was, and where the request was going.</summary>
public sealed class BehindProxyTests : IAsyncLifetime
{
    private const string Path = "/api/v1/forward-auth";
    private const string Subject = "CN=billing,O=Acme";

    private static readonly ForwardAuthOptions Options = new()
    {
        Methods = ForwardAuthMethods.Jwt | ForwardAuthMethods.Mtls,
        Subjects = new[] { Subject, "CN=Acme\\, Inc." }.ToFrozenSet(),
        Exempt = new ExemptPaths(["/public/"]),
    };

    private readonly TestEdge proxied = new(options => options with { ForwardAuth = Options, Proxies = Loopback });
    private readonly TestEdge direct = new(options => options with { ForwardAuth = Options });
    private readonly TestEdge lenient = new(options => options with { ForwardAuth = Options with { Enforce = false } });

    private static TrustedProxies Loopback => new(new AddressList(["127.0.0.1"]), sockets: false);

    public async ValueTask InitializeAsync()
    {
        await proxied.InitializeAsync();
        await direct.InitializeAsync();
        await lenient.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await proxied.DisposeAsync();
        await direct.DisposeAsync();
        await lenient.DisposeAsync();
    }

    [Theory]
    [InlineData(Subject, 200)]
    [InlineData("CN=Acme\\, Inc.", 200)]
    [InlineData("CN=billing,O=acme", 403)]
    [InlineData("O=Acme,CN=billing", 403)]
    [InlineData("CN=billing, O=Acme", 403)]
    [InlineData("CN=billing", 403)]
    [InlineData("CN=billing,O=Acme,C=DE", 403)]
    [InlineData("/O=Acme/CN=billing", 403)]
    [InlineData("", 403)]
    public async Task A_subject_is_on_the_list_letter_by_letter_or_not(string subject, int status)
    {
        using var answer = await proxied.Send("GET", Path, null, ("X-Client-Cert-Subject", subject));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200, answer.Headers.TryGetValues("X-Auth-Subject", out var subjects) && subjects.Single() == subject);
        Assert.False(answer.Headers.Contains("X-Auth-Org") || answer.Headers.Contains("X-Auth-Scopes") || answer.Headers.Contains("X-Auth-Key-Id"));
    }

    [Fact]
    public async Task A_token_that_is_bound_to_a_certificate_is_of_no_use_without_it()
    {
        var (own, other) = (SelfSigned("own"), SelfSigned("other"));
        proxied.Bearers.Bound = direct.Bearers.Bound = Base64Url.EncodeToString(SHA256.HashData(own));
        foreach (var path in (string[])[Path, "/api/v1/organizations/acme"])
        {
            Assert.Equal(200, await Status(proxied, path, own));
            Assert.Equal(401, await Status(proxied, path, other));
            Assert.Equal(401, await Status(proxied, path, null));
            Assert.Equal(401, await Status(direct, path, own));
        }

        Assert.All(direct.Events.Take()!.Tallies, tally => Assert.Equal(
            (SecurityReason.InvalidToken, ScriptedBearers.Client), (tally.First.Reason, tally.First.Key!.Value)));
    }

    [Fact]
    public async Task Nobody_else_is_believed_a_subject()
    {
        using var answer = await direct.Send("GET", Path, null, ("X-Client-Cert-Subject", Subject));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(SecurityReason.NoCredential, Assert.Single(direct.Events.Take()!.Tallies).First.Reason);
    }

    [Fact]
    public async Task A_gateway_that_adds_to_the_caller_s_own_subject_is_not_believed_either()
    {
        var answer = await proxied.SendRaw(
            $"GET {Path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Client-Cert-Subject: {Subject}\r\nX-Client-Cert-Subject: {Subject}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.Equal(SecurityReason.SubjectNotAllowed, Assert.Single(proxied.Events.Take()!.Tallies).First.Reason);
    }

    [Fact]
    public async Task A_token_comes_before_a_certificate_and_a_bad_one_is_not_made_good_by_it()
    {
        using (var answer = await proxied.Send("GET", Path, null, ("Authorization", "Bearer acme/read"), ("X-Client-Cert-Subject", Subject)))
            Assert.Equal("acme", answer.Headers.GetValues("X-Auth-Org").Single());
        using (var answer = await proxied.Send("GET", Path, null, ("Authorization", "Bearer refused"), ("X-Client-Cert-Subject", Subject)))
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("?scope=read")]
    [InlineData("?org=acme")]
    public async Task A_subject_has_no_rights_but_to_be_let_in(string query)
    {
        using var answer = await proxied.Send("GET", Path + query, null, ("X-Client-Cert-Subject", Subject));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_key_is_no_credential_where_keys_are_not_taken()
    {
        using var answer = await proxied.Send("GET", Path, null, ("X-API-Key", ScriptedApiKeys.AcmeKey));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer realm=\"tumbler\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("X-Original-URI: /public/a\r\n", 200)]
    [InlineData("X-Forwarded-Uri: /public/a\r\n", 200)]
    [InlineData("X-Original-URI: /public/a\r\nX-Forwarded-Uri: /public/b\r\n", 200)]
    [InlineData("X-Original-URI: /public/a\r\nX-Forwarded-Uri: /secret\r\n", 401)]
    [InlineData("X-Original-URI: /secret\r\nX-Forwarded-Uri: /public/a\r\n", 401)]
    [InlineData("X-Original-URI: /public/a\r\nX-Original-URI: /public/a\r\n", 401)]
    [InlineData("X-Original-URI: /public/a, /public/b c\r\n", 401)]
    [InlineData("X-Original-URI: /public/../secret\r\n", 401)]
    [InlineData("X-Original-URI:\r\n", 401)]
    [InlineData("X-Forwarded-Prefix: /public/\r\n", 401)]
    public async Task A_path_is_exempt_when_all_that_is_said_about_it_agrees(string headers, int status)
    {
        var request = $"GET {Path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n";
        Assert.StartsWith($"HTTP/1.1 {status} ", await proxied.SendRaw(request), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401 ", await direct.SendRaw(request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_exempt_is_nobody()
    {
        using var answer = await proxied.Send(
            "GET", Path, null, ("X-Original-URI", "/public/a"), ("Authorization", "Bearer acme/read"), ("X-Auth-Subject", "root"));
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("X-Auth-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Not_enforced_everything_passes_and_what_would_not_is_noted_as_such()
    {
        using (var answer = await lenient.Send("GET", $"{Path}?scope=write", null, ("Authorization", "Bearer acme/read"), ("X-Auth-Subject", "root")))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("X-Auth-", StringComparison.OrdinalIgnoreCase));
        }

        var happened = Assert.Single(lenient.Events.Take()!.Tallies).First;
        Assert.Equal((SecurityReason.InsufficientScope, $"* {Path} (not enforced)"), (happened.Reason, happened.Origin.Route));
        Assert.Contains(lenient.Log.Lines, line => line.Contains("would have answered 403", StringComparison.Ordinal));
        using (var answer = await lenient.Send("GET", Path, null, ("Authorization", "Bearer acme/read")))
            Assert.Equal("acme", answer.Headers.GetValues("X-Auth-Org").Single());
        Assert.Null(lenient.Events.Take());
    }

    private static async Task<int> Status(TestEdge edge, string path, byte[]? certificate)
    {
        (string, string)[] shown = certificate is null ? [] : [("X-Client-Cert", Convert.ToBase64String(certificate))];
        using var answer = await edge.Send("GET", path, null, [("Authorization", "Bearer acme/read"), .. shown]);
        return (int)answer.StatusCode;
    }

    private static byte[] SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(FixedClock.Now.AddYears(-1), FixedClock.Now.AddYears(1));
        return certificate.RawData;
    }
}
