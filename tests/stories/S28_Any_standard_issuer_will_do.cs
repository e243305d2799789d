using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Tumbler.Client;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;
using Tumbler.Stories.Tests.Guarding;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

/// <summary>The SDK with an issuer that is not ours, on both sides: the caller gets its tokens there, and the service believes them. That foreign
/// verifiers believe ours is <see cref="S1_Foreign_libraries_verify_our_tokens"/>.</summary>
public sealed class S28_Any_standard_issuer_will_do(StoryRun run)
{
    [Theory, InlineData("ES256"), InlineData("RS256")]
    public async Task Also_when_its_keys_change(string algorithm)
    {
        var client = new NewApiKey("a foreign/client", Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)));
        run.Secrets.Add(client.Key);
        await using var provider = await OidcProvider.Start(run, algorithm, client, OrdersService.Audience);
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{SiloHome.FreePort()}"));

        // Everything there is to log: the last story reads it.
        await using var service = await OrdersService.Start(
            run, url, provider.Issuer, clock: null, "--Tumbler:UnknownKidCooldown", "1s", "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore", "Trace");
        using var issuer = new HttpClient { BaseAddress = new Uri(provider.Issuer) };
        var tokens = new TokenClient(issuer, run.Secrets);
        await using var program = Program(provider, client);

        Assert.Equal(HttpStatusCode.OK, await Call(program, service));
        var first = await tokens.For(client, OrdersService.Audience, "/token", "orders:read");
        Assert.Equal((algorithm, provider.Kid), (first.Algorithm, first.Kid));
        Assert.Equal(HttpStatusCode.OK, await service.Get(first.Text));
        Assert.Equal(HttpStatusCode.Forbidden, await service.Post(first.Text));
        var elsewhere = await tokens.For(client, "https://other.example", "/token", "orders:read");
        Assert.Equal(HttpStatusCode.Unauthorized, await service.Get(elsewhere.Text));
        foreach (var (what, forgery) in Forgery.Of(first, await issuer.GetStringAsync(new Uri("/jwks", UriKind.Relative), TestContext.Current.CancellationToken)))
            Assert.True(await service.Get(forgery) == HttpStatusCode.Unauthorized, what);

        await provider.Rotate(drop: false);
        var second = await tokens.For(client, OrdersService.Audience, "/token", "orders:read");
        Assert.Equal(provider.Kid, second.Kid);
        await LetsIn(service, second);
        Assert.Equal(HttpStatusCode.OK, await service.Get(first.Text));

        await provider.Rotate(drop: true);
        var third = await tokens.For(client, OrdersService.Audience, "/token", "orders:read");
        await LetsIn(service, third);
        Assert.Equal(HttpStatusCode.Unauthorized, await service.Get(first.Text));
        Assert.Equal(HttpStatusCode.Unauthorized, await service.Get(second.Text));

        // The token that it got at the beginning is refused now; it gets another.
        Assert.Equal(HttpStatusCode.OK, await Call(program, service));
    }

    /// <summary>A key that it does not know makes the service ask, at most once a second here.</summary>
    private static Task LetsIn(OrdersService service, Token token) =>
        Until.True("the service knows the new key", TimeSpan.FromSeconds(30), async () => await service.Get(token.Text) == HttpStatusCode.OK);

    private static ServiceProvider Program(OidcProvider provider, NewApiKey client)
    {
        var services = new ServiceCollection();
        services.AddHttpClient("orders").AddTumblerTokens(options =>
        {
            (options.Issuer, options.ClientId, options.ClientSecret, options.Scope) = (provider.Issuer, client.Id, client.Key, "orders:read");
            options.Resource.Add(OrdersService.Audience);
        });
        return services.BuildServiceProvider();
    }

    private static async Task<HttpStatusCode> Call(ServiceProvider program, OrdersService service)
    {
        using var client = program.GetRequiredService<IHttpClientFactory>().CreateClient("orders");
        using var answer = await client.GetAsync(new Uri(service.Http.BaseAddress!, "/orders"), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
