using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tumbler.Client.Tests.Issuers;

namespace Tumbler.Client.Tests.Services;

/// <summary>A service behind the library, on a real port.</summary>
internal sealed class GuardedService : IAsyncDisposable
{
    private readonly WebApplication app;

    private GuardedService(WebApplication app, LogLines log)
    {
        this.app = app;
        Log = log;
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public LogLines Log { get; }

    /// <param name="settings">What stands under <c>Tumbler</c>, but for what every test needs.</param>
    public static async Task<GuardedService> Start(TestIssuer issuer, Dictionary<string, string?>? settings = null, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateBuilder();
        var log = new LogLines();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Tumbler:Issuer"] = issuer.Url, ["Tumbler:Audience"] = TestClaims.Audience, ["Tumbler:ExemptPaths"] = "/health;/public/",
        });
        builder.Configuration.AddInMemoryCollection((settings ?? []).ToDictionary(setting => $"Tumbler:{setting.Key}", setting => setting.Value));
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (clock is not null)
            builder.Services.AddSingleton(clock);
        builder.Services.AddTumbler(builder.Configuration.GetSection("Tumbler"));
        var app = builder.Build();
        app.UseTumbler();
        app.MapGet("/orders", (HttpContext http) => $"{http.User.Identity!.AuthenticationType} {http.User.Identity.Name}").RequireScope("orders:read");
        app.MapDelete("/orders", () => "deleted").RequireScope("orders:read", "orders:write");
        app.MapGet("/manage", () => "managed").RequireRole("manager", "owner");
        app.MapGet("/anything", () => "anything");
        app.MapGet("/health", () => "healthy");
        app.MapGet("/public/page", () => "a page");
        app.MapGet("/public/orders", () => "guarded all the same").RequireScope("orders:read");
        app.MapGet("/open", () => "open").AllowAnonymous();
        await app.StartAsync();
        return new GuardedService(app, log);
    }

    public Task<HttpResponseMessage> Get(string path, string? token = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, token, headers);

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, string? token, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}
