using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tumbler.Client.Options;

namespace Tumbler.Client.Tests.Options;

public sealed class SettingsTests
{
    [Fact]
    public void Every_setting_is_read()
    {
        var options = Read(new()
        {
            ["Mode"] = "jwt;api_key;mtls", ["Issuer"] = "https://i.example", ["Audience:0"] = "a", ["Audience:1"] = "b", ["JwksUrl"] = "https://i.example/keys",
            ["PemFile"] = "/keys.pem", ["Algorithms"] = "ES256; RS256", ["TokenTypes"] = "at+jwt;JWT", ["Skew"] = "10s", ["Enforce"] = "false",
            ["ExemptPaths"] = "/health;/public/", ["RoleClaim"] = "groups", ["KeysRefresh"] = "1m", ["KeysStaleLimit"] = "2h", ["UnknownKidCooldown"] = "PT20S",
            ["KillList"] = "true", ["RevocationsUrl"] = "https://i.example/list", ["RevocationsRefresh"] = "500ms", ["RevocationsStaleLimit"] = "1d",
            ["ApiKeyVerifyUrl"] = "https://i.example/verify", ["ApiKeyCache"] = "1s", ["TrustedProxies"] = "10.0.0.1;unix", ["SubjectHeader"] = "X-Subject",
            ["AllowedSubjects:0"] = "CN=a;b,O=c", ["AllowHttp"] = "true",
        });

        Assert.Equal(TumblerModes.Jwt | TumblerModes.ApiKey | TumblerModes.Mtls, options.Mode);
        Assert.Equal(("https://i.example", "https://i.example/keys", "/keys.pem"), (options.Issuer, options.JwksUrl, options.PemFile));
        Assert.Equal(["a", "b"], options.Audience);
        Assert.Equal(["ES256", "RS256"], options.Algorithms);
        Assert.Equal(["at+jwt", "JWT"], options.TokenTypes);
        Assert.Equal((10, 60, 7200, 20), (options.Skew.TotalSeconds, options.KeysRefresh.TotalSeconds, options.KeysStaleLimit.TotalSeconds, options.UnknownKidCooldown.TotalSeconds));
        Assert.Equal((0.5, 86_400, 1), (options.RevocationsRefresh.TotalSeconds, options.RevocationsStaleLimit.TotalSeconds, options.ApiKeyCache.TotalSeconds));
        Assert.Equal((false, true, true), (options.Enforce, options.KillList, options.AllowHttp));
        Assert.Equal(["/health", "/public/"], options.ExemptPaths);
        Assert.Equal(("groups", "X-Subject"), (options.RoleClaim, options.SubjectHeader));
        Assert.Equal(("https://i.example/list", "https://i.example/verify"), (options.RevocationsUrl, options.ApiKeyVerifyUrl));
        Assert.Equal(["10.0.0.1", "unix"], options.TrustedProxies);
        Assert.Equal(["CN=a;b,O=c"], options.AllowedSubjects);
    }

    [Fact]
    public void The_documentation_names_every_setting_with_its_default()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "sdk.md"));

        Assert.All(typeof(TumblerOptions).GetProperties(), property => Assert.Contains($"| `{property.Name}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_that_is_wrong_is_in_one_list_and_the_process_does_not_start()
    {
        var thrown = Start(new()
        {
            ["Mode"] = "jwt;ldap", ["Issuer"] = "http://tokens.example", ["JwksUrl"] = "keys", ["Algorithms"] = "HS256;none", ["Skew"] = "2m", ["KeysRefresh"] = "5",
            ["Enforce"] = "ja", ["ExemptPaths"] = "/public/../orders", ["RevocationsRefresh"] = "1ms", ["Isuer"] = "https://tokens.example", ["PemFile"] = "/no/such/file.pem",
        });

        Assert.Equal(
        [
            "Tumbler:Algorithms: \"HS256\" is none of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512.",
            "Tumbler:Algorithms: \"none\" is none of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512.",
            "Tumbler:Audience: is required: what the tokens for this service name in aud.",
            "Tumbler:Enforce: must be true or false.",
            "Tumbler:ExemptPaths: \"/public/../orders\" must be a path such as /health or /public/, of letters, digits and -_~.@: without // and without a segment that begins with a dot.",
            "Tumbler:Issuer: must be https; plain http is for this machine itself, or with AllowHttp.",
            "Tumbler:Isuer: unknown setting.",
            "Tumbler:JwksUrl: must be an absolute https URL.",
            "Tumbler:KeysRefresh: must be a duration such as 500ms, 30s, 5m, 24h, 7d or PT30S.",
            "Tumbler:Mode: must be jwt, api_key or mtls, or several of them.",
            "Tumbler:PemFile: \"/no/such/file.pem\" can't be read: Could not find file '/no/such/file.pem'.",
            "Tumbler:RevocationsRefresh: must be 500ms to 1m.",
            "Tumbler:Skew: must be 0s to 1m.",
        ], thrown.Errors.Order(StringComparer.Ordinal));
        Assert.StartsWith("Tumbler can't guard this service: 13 settings are wrong.", thrown.Message, StringComparison.Ordinal);
        Assert.All(thrown.Errors, error => Assert.Contains(error, thrown.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Mode", "", "must be jwt, api_key or mtls")]
    [InlineData("Mode", "api_key", "Issuer: must be https")]
    [InlineData("Mode", "mtls", "TrustedProxies: is required")]
    [InlineData("Mode", "mtls", "AllowedSubjects: is required")]
    [InlineData("KeysStaleLimit", "1m", "must be 5m to 7d")]
    [InlineData("KillList", "false", "is given although KillList is false")]
    [InlineData("Issuer", "https://user@tokens.example", "must have no user")]
    [InlineData("Issuer", "https://tokens.example?x=y", "must have no query")]
    [InlineData("Audience", "", "is required")]
    [InlineData("TokenTypes", "", "must be at+jwt")]
    [InlineData("RoleClaim", "", "must be the name of a claim")]
    public void A_setting_that_is_wrong_is_named_with_its_rule(string name, string value, string rule)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Issuer"] = name == "Mode" ? "http://tokens.example" : "https://tokens.example", ["Audience"] = "a", ["RevocationsUrl"] = "https://tokens.example/list",
            [name] = value,
        };

        Assert.Contains(Start(settings).Errors, error => error.Contains(rule, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080/rings/orders")]
    [InlineData("http://[::1]")]
    public void This_machine_itself_may_be_asked_without_TLS(string issuer) =>
        Assert.Empty(Errors(new() { ["Issuer"] = issuer, ["Audience"] = "a" }));

    [Fact]
    public void The_library_s_own_entrance_checks_too() =>
        Assert.Contains("TumblerOptions:Audience: is required", Assert.Throws<TumblerSettingsException>(
            () => new TumblerTokens(new TumblerOptions { Issuer = "https://tokens.example" })).Message, StringComparison.Ordinal);

    [Fact]
    public void One_service_has_one_guard()
    {
        var services = new ServiceCollection().AddTumbler(options => options.Issuer = "https://tokens.example");

        Assert.Throws<InvalidOperationException>(() => services.AddTumbler(_ => { }));
    }

    private static TumblerSettingsException Start(Dictionary<string, string?> settings)
    {
        var builder = Builder(settings);
        var app = builder.Build();
        return Assert.Throws<TumblerSettingsException>(() => app.UseTumbler());
    }

    private static List<string> Errors(Dictionary<string, string?> settings)
    {
        var errors = new List<string>();
        new SettingsCheck(Read(settings), "Tumbler", errors).Run();
        return errors;
    }

    private static TumblerOptions Read(Dictionary<string, string?> settings) =>
        Builder(settings).Build().Services.GetRequiredService<IOptions<TumblerOptions>>().Value;

    private static WebApplicationBuilder Builder(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => $"Tumbler:{setting.Key}", setting => setting.Value));
        builder.Services.AddTumbler(builder.Configuration.GetSection("Tumbler"));
        return builder;
    }
}
