using Tumbler.Api.ForwardAuth;
using Tumbler.Contracts.Keys;

namespace Tumbler.Silo.Tests.Configuration;

/// <summary>Nothing about forward-auth is guessed: what could leave a service open ends the start.</summary>
public sealed class ForwardAuthSettingsTests : IDisposable
{
    private const string Proxy = "--Proxies:Trusted=10.0.0.1";
    private const string Mtls = "--Auth:ForwardAuth:Methods=mtls";

    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    [Fact]
    public void Without_settings_tokens_and_keys_are_taken_and_nothing_else()
    {
        var access = start.Read("--Tokens:Issuer=https://tokens.example")!.Access;
        Assert.Equal("https://tokens.example", access.AdminAudience);
        Assert.Equal(
            (ForwardAuthMethods.Jwt | ForwardAuthMethods.ApiKey, RingId.Default, "X-Client-Cert-Subject", true),
            (access.ForwardAuth.Methods, access.ForwardAuth.Ring, access.ForwardAuth.SubjectHeader, access.ForwardAuth.Enforce));
        Assert.Empty(access.ForwardAuth.Subjects);
        Assert.True(access.ForwardAuth.Exempt.IsEmpty);
    }

    [Fact]
    public void Everything_can_be_set()
    {
        var access = start.Read(
            Proxy, "--Auth:AdminAudience=https://admin.example", "--Auth:ForwardAuth:Methods=mtls;jwt", "--Auth:ForwardAuth:Ring=orders",
            "--Auth:ClientSubjectHeader=X-Subject", "--Auth:ClientSubjects:0=CN=billing,O=Acme\\, Inc.", "--Auth:ClientSubjects:1=CN=b",
            "--Auth:ForwardAuth:ExemptPaths:0=/public/", "--Auth:ForwardAuth:Enforce=false")!.Access;
        Assert.Equal("https://admin.example", access.AdminAudience);
        Assert.Equal(
            (ForwardAuthMethods.Jwt | ForwardAuthMethods.Mtls, RingId.Parse("orders"), "X-Subject", false),
            (access.ForwardAuth.Methods, access.ForwardAuth.Ring, access.ForwardAuth.SubjectHeader, access.ForwardAuth.Enforce));
        Assert.Equal(["CN=b", "CN=billing,O=Acme\\, Inc."], access.ForwardAuth.Subjects.Order(StringComparer.Ordinal));
        Assert.True(access.ForwardAuth.Exempt.Cover("/public/x"));
    }

    [Theory]
    [InlineData("Auth:AdminAudience", "here", "Auth:AdminAudience: must be an absolute URI of at most 512 characters without a fragment")]
    [InlineData("Auth:ForwardAuth:Methods", "password", "Auth:ForwardAuth:Methods: password must be jwt, api-key or mtls")]
    [InlineData("Auth:ForwardAuth:Methods", "JWT", "Auth:ForwardAuth:Methods: JWT must be jwt, api-key or mtls")]
    [InlineData("Auth:ForwardAuth:Methods", "jwt;jwt", "Auth:ForwardAuth:Methods: jwt is given twice")]
    [InlineData("Auth:ForwardAuth:Ring", "Orders", "Auth:ForwardAuth:Ring: must be the id of a ring, 1 to 50 characters of a-z, 0-9, _ and -, the first a letter or digit")]
    [InlineData("Auth:ForwardAuth:Enforce", "no", "Auth:ForwardAuth:Enforce: must be true or false")]
    [InlineData("Auth:ForwardAuth:Enforced", "false", "Auth:ForwardAuth:Enforced: unknown setting; did you mean Auth:ForwardAuth:Enforce?")]
    [InlineData("Auth:ForwardAuth:AllowUnenforced", "1", "Auth:ForwardAuth:AllowUnenforced: must be true or false")]
    [InlineData("Auth:ClientSubjectHeader", "X Subject", "Auth:ClientSubjectHeader: must be the name of a header, 1 to 64 of [A-Za-z0-9-], and none of another credential")]
    [InlineData("Auth:ClientSubjectHeader", "authorization", "Auth:ClientSubjectHeader: must be the name of a header, 1 to 64 of [A-Za-z0-9-], and none of another credential")]
    [InlineData("Auth:ClientSubjects:0", "CN=a", "Auth:ClientSubjects: is given, but Auth:ForwardAuth:Methods does not have mtls")]
    public void A_wrong_setting_is_named_with_its_rule(string name, string value, string error) =>
        Assert.Equal([error], start.ErrorsOf($"--{name}={value}"));

    [Theory]
    [InlineData("/C=DE/CN=billing", "is in OpenSSL's old form; give it as RFC 4514 has it, such as CN=billing,O=Acme")]
    [InlineData("billing", "must be a subject as RFC 4514 has it, such as CN=billing,O=Acme: printable ASCII, no space behind a comma")]
    [InlineData("CN=billing, O=Acme", "must be a subject as RFC 4514 has it, such as CN=billing,O=Acme: printable ASCII, no space behind a comma")]
    [InlineData("CN=billing,", "must be a subject as RFC 4514 has it, such as CN=billing,O=Acme: printable ASCII, no space behind a comma")]
    [InlineData("=billing", "must be a subject as RFC 4514 has it, such as CN=billing,O=Acme: printable ASCII, no space behind a comma")]
    [InlineData("CN=Müller", "must be a subject as RFC 4514 has it, such as CN=billing,O=Acme: printable ASCII, no space behind a comma")]
    public void A_subject_that_no_gateway_would_write_is_found_at_the_start(string subject, string error) =>
        Assert.Equal([$"Auth:ClientSubjects: {subject} {error}"], start.ErrorsOf(Proxy, Mtls, $"--Auth:ClientSubjects:0={subject}"));

    [Theory]
    [InlineData("/", "exempts everything; for that there is Auth:ForwardAuth:Enforce")]
    [InlineData("public", "must be a path such as /public/ without //, segments that begin with a dot, escapes and query")]
    [InlineData("/a/../b", "must be a path such as /public/ without //, segments that begin with a dot, escapes and query")]
    [InlineData("/%61", "must be a path such as /public/ without //, segments that begin with a dot, escapes and query")]
    public void An_exempt_path_is_plain_and_not_everything(string path, string error) =>
        Assert.Equal([$"Auth:ForwardAuth:ExemptPaths: {path} {error}"], start.ErrorsOf(Proxy, $"--Auth:ForwardAuth:ExemptPaths={path}"));

    [Fact]
    public void What_only_a_gateway_can_say_needs_one_that_is_known()
    {
        Assert.Equal(
            ["Proxies:Trusted: is required, because Auth:ForwardAuth:Methods has mtls: a subject is believed of a known gateway only"],
            start.ErrorsOf(Mtls, "--Auth:ClientSubjects:0=CN=a"));
        using var other = new SettingsDirectory();
        Assert.Equal(
            ["Proxies:Trusted: is required, because Auth:ForwardAuth:ExemptPaths is given: a path is believed of a known gateway only"],
            other.ErrorsOf("--Auth:ForwardAuth:ExemptPaths=/public/"));
        using var third = new SettingsDirectory();
        Assert.Equal(["Auth:ClientSubjects: is required, because Auth:ForwardAuth:Methods has mtls"], third.ErrorsOf(Proxy, Mtls));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Production_does_not_leave_everything_open_by_mistake(bool allowed, bool starts)
    {
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Read("--Auth:ForwardAuth:Enforce=false", $"--Auth:ForwardAuth:AllowUnenforced={allowed}");
        const string refused = "Auth:ForwardAuth:Enforce: is false, which lets every request through; production refuses it unless Auth:ForwardAuth:AllowUnenforced is true";
        Assert.Equal(!starts, start.Errors.Contains(refused));
    }
}
