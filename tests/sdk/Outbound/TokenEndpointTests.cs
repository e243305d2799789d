using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tumbler.Client.Tests.Outbound;

public sealed class TokenEndpointTests : IDisposable
{
    private readonly string secretFile = Path.GetTempFileName();

    public void Dispose() => File.Delete(secretFile);

    [Theory]
    [InlineData("", "/.well-known/openid-configuration")]
    [InlineData("/rings/partners", "/rings/partners/.well-known/openid-configuration")]
    [InlineData("/rings/partners", "/.well-known/oauth-authorization-server/rings/partners")]
    public async Task The_issuer_itself_says_where_its_tokens_are(string path, string document)
    {
        await using var calling = await ByIssuer(path, document, issuer => new { issuer = $"{issuer}{path}", token_endpoint = $"{issuer}/tokens" });

        await calling.Get();
        calling.Clock.Advance(TimeSpan.FromSeconds(300));
        await calling.Get();

        Assert.Equal("Bearer found", calling.Shown.First());
        var asked = calling.Issuer.Server.Requests;
        Assert.Equal(1, asked.Count(request => request.Path == document));
        Assert.Equal(2, asked.Count(request => request.Path == "/tokens"));
        Assert.All(asked.Where(request => request.Method == "GET"), request => Assert.Null(request.Authorization));
    }

    [Theory]
    [InlineData("https://other.example", "{0}/tokens", "its metadata are those of 'https://other.example'")]
    [InlineData("{0}", "http://tokens.example/tokens", "is no https URL, and the secret is not sent over plain HTTP")]
    [InlineData("{0}", "tokens", "is no URL")]
    [InlineData("{0}", null, "is no URL")]
    public async Task Metadata_that_lead_astray_are_not_followed(string issuer, string? endpoint, string problem)
    {
        await using var calling = await ByIssuer("", "/.well-known/openid-configuration", url => new
        {
            issuer = issuer.Replace("{0}", url, StringComparison.Ordinal), token_endpoint = endpoint?.Replace("{0}", url, StringComparison.Ordinal),
        });

        var refused = await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(calling.Issuer.Server.Requests, request => request.Authorization is not null);
    }

    [Fact]
    public async Task Metadata_that_are_none_are_a_fault()
    {
        await using var calling = await ByIssuer("", "/.well-known/openid-configuration", _ => "none");

        var refused = await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);

        Assert.Contains("are not JSON with issuer and token_endpoint", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_without_metadata_is_told_so()
    {
        await using var calling = await ByIssuer("", "/nowhere", _ => new { });

        var refused = await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);

        Assert.Contains("its metadata are answered with 404", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, calling.Issuer.Server.Requests.Count);
    }

    [Fact]
    public async Task The_secret_does_not_follow_a_redirect()
    {
        await using var elsewhere = await WebServer.Start();
        await using var calling = await Calling.Start();
        calling.Issuer.Instead = http =>
        {
            http.Response.Redirect(elsewhere.Url.ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };

        var refused = await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);

        Assert.Contains("it answered 307", refused.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_secret_that_is_replaced_while_it_is_used_is_read_again()
    {
        await File.WriteAllTextAsync(secretFile, "the old one\n");
        await using var calling = await BySecretFile();
        calling.Issuer.Instead = async http =>
        {
            if (SecretOf(http) == "the old one")
            {
                await File.WriteAllTextAsync(secretFile, "the new one\n");
                await Issuing.Refusal(401, new { error = "invalid_client" })(http);
            }
            else
            {
                await http.Response.WriteAsJsonAsync(new { access_token = "fresh", token_type = "bearer" });
            }
        };

        await calling.Get();

        Assert.Equal(["Bearer fresh"], calling.Shown);
        Assert.Equal(2, calling.Issuer.Asked);
    }

    [Fact]
    public async Task A_new_secret_needs_no_restart_and_a_wrong_one_is_not_tried_twice_in_a_row()
    {
        await File.WriteAllTextAsync(secretFile, "the old one");
        await using var calling = await BySecretFile();
        calling.Issuer.Instead = http => SecretOf(http) == "the new one"
            ? http.Response.WriteAsJsonAsync(new { access_token = "fresh", token_type = "Bearer", expires_in = "60" })
            : Issuing.Refusal(401, new { error = "invalid_client", error_description = "Unknown client." })(http);

        var refused = await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);
        Assert.Equal(("invalid_client", 1), (refused.Error, calling.Issuer.Asked));
        Assert.EndsWith("invalid_client (Unknown client.).", refused.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(secretFile, "the new one");
        calling.Clock.Advance(TimeSpan.FromSeconds(1));
        await calling.Get();
        Assert.Equal(["Bearer fresh"], calling.Shown);

        File.Delete(secretFile);
        calling.Clock.Advance(TimeSpan.FromSeconds(60));
        refused = await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);
        Assert.Contains($"ClientSecretFile: {secretFile} can't be read (FileNotFoundException)", refused.Message, StringComparison.Ordinal);
    }

    private static Task<Calling> ByIssuer(string path, string document, Func<string, object> metadata) => Calling.Start((services, issuing) =>
    {
        Microsoft.Extensions.DependencyInjection.HttpClientFactoryServiceCollectionExtensions.AddHttpClient(services, "orders").AddTumblerTokens(options =>
            (options.Issuer, options.ClientId, options.ClientSecret) = ($"{issuing.Issuer}{path}", "me", "my secret"));
        issuing.Instead = http => http.Request.Path.Value switch
        {
            "/tokens" => http.Response.WriteAsJsonAsync(new { access_token = "found", token_type = "Bearer", expires_in = 300 }),
            var asked when asked == document => http.Response.WriteAsJsonAsync(metadata(issuing.Issuer)),
            _ => Issuing.Refusal(404, new { })(http),
        };
    });

    private Task<Calling> BySecretFile() => Calling.Start(options => (options.ClientSecret, options.ClientSecretFile) = (null, secretFile));

    private static string SecretOf(HttpContext http) => Uri.UnescapeDataString(
        Encoding.ASCII.GetString(Convert.FromBase64String(http.Request.Headers.Authorization.ToString()["Basic ".Length..])).Split(':')[1]);
}
