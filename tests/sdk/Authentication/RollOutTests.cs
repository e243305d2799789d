using System.Net;
using Microsoft.Extensions.Logging;
using Tumbler.Client.Tests.Issuers;
using Tumbler.Client.Tests.Services;

namespace Tumbler.Client.Tests.Authentication;

public sealed class RollOutTests
{
    private static readonly Dictionary<string, string?> NotEnforced = new() { ["Enforce"] = "false" };

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Everything_is_let_through_and_what_would_have_been_refused_is_told()
    {
        await using var issuer = await TestIssuer.Start();
        await using var service = await GuardedService.Start(issuer, NotEnforced);

        Assert.Equal(HttpStatusCode.OK, (await service.Get("/orders")).StatusCode);
        await service.Log.Until(LogLevel.Warning, "The answer would have been 401: No credential was given.");
        Assert.Equal(HttpStatusCode.OK, (await service.Get("/orders", "a.b.c")).StatusCode);
        await service.Log.Until(LogLevel.Warning, "The answer would have been 401: The token is not accepted: Malformed.");
        Assert.Equal(HttpStatusCode.OK, (await service.Get("/orders", issuer.Token(Now, "other"))).StatusCode);
        await service.Log.Until(LogLevel.Warning, "The answer would have been 403: It lacks the scope orders:read.");
        Assert.StartsWith("jwt ", await (await service.Get("/orders", issuer.Token(Now))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_are_told_and_nothing_more()
    {
        await using var issuer = await TestIssuer.Start();
        await using var service = await GuardedService.Start(issuer, new() { ["Enforce"] = "false", ["Audience"] = "" });

        service.Log.Has(LogLevel.Error, "Tumbler:Audience: is required");
        Assert.Equal(HttpStatusCode.OK, (await service.Get("/orders", "a.b.c")).StatusCode);
    }
}
