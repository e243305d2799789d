using System.Net;
using Tumbler.Client.Authentication;
using Tumbler.Client.Tests.Issuers;
using Tumbler.Client.Tests.Services;

namespace Tumbler.Client.Tests.Authentication;

public sealed class SubjectAuthenticationTests
{
    private const string Subject = "CN=billing,O=Acme\\, Inc.,C=DE";

    [Theory]
    [InlineData("127.0.0.1", Subject, 200)]
    [InlineData("127.0.0.0/8", Subject, 200)]
    [InlineData("10.0.0.0/8", Subject, 401)]
    [InlineData("unix", Subject, 401)]
    [InlineData("127.0.0.1", "CN=billing", 403)]
    [InlineData("127.0.0.1", "cn=billing,O=Acme\\, Inc.,C=DE", 403)]
    [InlineData("127.0.0.1", "", 403)]
    public async Task A_subject_is_believed_of_a_trusted_gateway_and_let_in_when_it_is_on_the_list(string proxies, string subject, int status)
    {
        await using var issuer = await TestIssuer.Start();
        await using var service = await GuardedService.Start(issuer, Mtls(proxies));

        var answer = await service.Get("/anything", null, ("X-Client-Cert-Subject", subject));

        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
    }

    [Fact]
    public async Task Two_subjects_are_one_too_many_and_none_is_401()
    {
        await using var issuer = await TestIssuer.Start();
        await using var service = await GuardedService.Start(issuer, Mtls("127.0.0.1"));

        Assert.Equal(HttpStatusCode.Forbidden, (await service.Get("/anything", null, ("X-Client-Cert-Subject", Subject), ("x-client-cert-subject", "CN=other"))).StatusCode);
        var none = await service.Get("/anything");
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal("Certificate realm=\"tumbler\"", none.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_subject_has_no_scopes_and_a_bad_token_is_not_made_good_by_it()
    {
        await using var issuer = await TestIssuer.Start();
        var settings = Mtls("127.0.0.1");
        settings["Mode"] = "jwt;mtls";
        await using var service = await GuardedService.Start(issuer, settings);

        Assert.Equal(HttpStatusCode.Forbidden, (await service.Get("/orders", null, ("X-Client-Cert-Subject", Subject))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Get("/anything", "a.b.c", ("X-Client-Cert-Subject", Subject))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Get("/anything", issuer.Token(TimeProvider.System.GetUtcNow()), ("X-Client-Cert-Subject", "CN=other"))).StatusCode);
    }

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("gateway")]
    [InlineData("")]
    public void Everybody_is_no_trusted_gateway(string rule) => Assert.False(TrustedProxies.IsRule(rule));

    [Fact]
    public void IPv4_in_the_clothes_of_IPv6_is_the_same_address()
    {
        Assert.True(new TrustedProxies(["10.1.0.0/16"]).Cover(IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.False(new TrustedProxies(["10.1.0.0/16"]).Cover(IPAddress.Parse("::ffff:10.2.2.3")));
        Assert.True(new TrustedProxies(["::ffff:10.1.2.3"]).Cover(IPAddress.Parse("10.1.2.3")));
    }

    private static Dictionary<string, string?> Mtls(string proxies) =>
        new() { ["Mode"] = "mtls", ["TrustedProxies"] = proxies, ["AllowedSubjects:0"] = Subject };
}
