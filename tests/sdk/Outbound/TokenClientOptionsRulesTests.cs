using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tumbler.Client.Outbound;

namespace Tumbler.Client.Tests.Outbound;

public sealed class TokenClientOptionsRulesTests
{
    public static TheoryData<string, Action<TokenClientOptions>> Wrong => new()
    {
        { "Exactly one of Issuer and TokenEndpoint", options => options.Issuer = null },
        { "Exactly one of Issuer and TokenEndpoint", options => options.TokenEndpoint = "https://tokens.example/token" },
        { "Issuer must be an https URL.", options => options.Issuer = "tokens.example" },
        { "Issuer must be an https URL.", options => options.Issuer = "ftp://tokens.example" },
        { "Issuer must be an https URL: over plain HTTP", options => options.Issuer = "http://tokens.example" },
        { "Issuer must be a URL without query", options => options.Issuer = "https://tokens.example?a=b" },
        { "Issuer must be a URL without query", options => options.Issuer = "https://me:secret@tokens.example" },
        { "TokenEndpoint must be an https URL: over plain HTTP", options => (options.Issuer, options.TokenEndpoint) = (null, "http://tokens.example/token") },
        { "ClientId must be given.", options => options.ClientId = "" },
        { "ClientId must be at most 4096 printable ASCII characters.", options => options.ClientId = "clé" },
        { "Exactly one of ClientSecretFile and ClientSecret", options => options.ClientSecret = null },
        { "Exactly one of ClientSecretFile and ClientSecret", options => options.ClientSecretFile = "/etc/hostname" },
        { "ClientSecret must be at most 4096 printable ASCII characters.", options => options.ClientSecret = "two\nlines" },
        { "ClientSecretFile: /nowhere/key can't be read (DirectoryNotFoundException).", options => (options.ClientSecret, options.ClientSecretFile) = (null, "/nowhere/key") },
        { "ClientSecretFile: /dev/null must hold one line", options => (options.ClientSecret, options.ClientSecretFile) = (null, "/dev/null") },
        { "Scope must be scopes", options => options.Scope = "read \"write\"" },
        { "Resource 'orders' must be an absolute URI", options => options.Resource.Add("orders") },
        { "Resource 'urn:orders#1' must be an absolute URI", options => options.Resource.Add("urn:orders#1") },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_breaks_a_rule_is_named_with_the_rule(string complaint, Action<TokenClientOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var options = Good();
        change(options);

        Assert.StartsWith(complaint, Assert.Single(TokenClientOptionsRules.Complaints(options)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://tokens.example/rings/default", false)]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("http://localhost:8080", false)]
    [InlineData("http://tokens.internal", true)]
    public void These_issuers_are_good(string issuer, bool allowHttp)
    {
        var options = Good();
        (options.Issuer, options.AllowHttp) = (issuer, allowHttp);

        Assert.Empty(TokenClientOptionsRules.Complaints(options));
    }

    [Fact]
    public async Task A_program_does_not_start_with_wrong_options_and_says_all_that_is_wrong()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHttpClient("orders").AddTumblerTokens(options => options.Scope = "\\");
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(4, refused.Failures.Count());
        Assert.All(refused.Failures, failure => Assert.StartsWith("HttpClient 'orders': ", failure, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_come_from_a_configuration_which_has_no_others()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Tumbler:Outbound:Issuer"] = "https://tokens.example", ["Tumbler:Outbound:ClientId"] = "me", ["Tumbler:Outbound:ClientSecret"] = "mine",
            ["Tumbler:Outbound:Resource:0"] = "urn:orders",
        };

        Assert.Equal(["urn:orders"], Options(settings).Resource);
        settings["Tumbler:Outbound:Scopes"] = "read";
        Assert.Contains("Scopes", Assert.Throws<InvalidOperationException>(() => Options(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_dependency_injection_the_handler_refuses_them() =>
        Assert.Contains("ClientId must be given.", Assert.Throws<OptionsValidationException>(() => new TumblerTokenHandler(new TokenClientOptions())).Message, StringComparison.Ordinal);

    private static TokenClientOptions Options(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        services.AddHttpClient("orders").AddTumblerTokens(configuration.GetSection("Tumbler:Outbound"));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<TokenClientOptions>>().Get("orders");
    }

    private static TokenClientOptions Good() => new() { Issuer = "https://tokens.example", ClientId = "me", ClientSecret = "my secret" };
}
