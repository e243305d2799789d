using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Api.Configuration;
using Tumbler.Api.Credentials;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Cluster;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Limits;
using Tumbler.Contracts.Migration;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Protection;
using Tumbler.Contracts.Tokens;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Limits;
using Tumbler.Engine.Metrics;
using Tumbler.Engine.Migration;
using Tumbler.Engine.Readiness;
using Tumbler.Engine.Revocations;
using Tumbler.Engine.Snapshots;
using Tumbler.Tests.Clock;
using Tumbler.Engine.Tokens;

namespace Tumbler.Api.Tests.Http;

/// <summary>The edge on a real Kestrel, over an engine that answers what the test tells it to.</summary>
public sealed class TestEdge : IAsyncLifetime
{
    public const string AdminKey = "test-admin-key-0123456789abcdefghij";

    private readonly WebApplication app;

    public TestEdge() : this(options => options) { }

    /// <param name="failures">From one address; null for any number.</param>
    /// <param name="pages">What the host adds.</param>
    internal TestEdge(Func<ApiOptions, ApiOptions> options, QuotaRule? failures = null, Action<WebApplication>? pages = null)
        : this(options, environment: null, failures, pages ?? (_ => { })) { }

    internal TestEdge(string environment, Action<WebApplication> register) : this(options => options, environment, failures: null, register) { }

    private TestEdge(Func<ApiOptions, ApiOptions> options, string? environment, QuotaRule? failures, Action<WebApplication> register)
    {
        Attempts = new FailedAttempts(failures, Clock);
        SharedKeys = new SharedKeys(SharedKeySetup.None, Events, Clock, NullLogger<SharedKeys>.Instance);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(Log);
        builder.Services
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IKeyRings>(Rings)
            .AddSingleton<IPublishedKeys>(Published)
            .AddSingleton<ITokens>(Tokens)
            .AddSingleton<ITokenInspection>(Inspection)
            .AddSingleton<IRevocationLists>(Lists)
            .AddSingleton<IOrganizations>(Organizations)
            .AddSingleton<IApiKeys>(ApiKeys)
            .AddSingleton<IClients>(Clients)
            .AddSingleton<IKeyTransfers>(Transfers)
            .AddSingleton<IKeyProtection>(Protection)
            .AddSingleton<IAuditLog>(Audit)
            .AddSingleton<IAuditExports>(Exports)
            .AddSingleton<ICluster>(Cluster)
            .AddSingleton<IReadiness>(Readiness)
            .AddSingleton<IBearerTokens>(Bearers)
            .AddSingleton(new Issuers(ScriptedBearers.Audience))
            .AddSingleton(Events)
            .AddSingleton<IQuotas>(Quotas)
            .AddSingleton(Attempts)
            .AddSingleton(new ProductMeter().Publish(Events, Attempts))
            .AddSingleton(SharedKeys)
            .AddSingleton(News)
            .AddSingleton(new NodeCounts(() => TokensIssued, () => Verifications))
            .AddSingleton<IMigration>(Migration)
            .AddTumblerApi(options(new ApiOptions(AdminKeyCheck.For(AdminKey)) { AdminAudience = ScriptedBearers.Audience, MachineClock = MachineClock, MostStreams = 3, Settings = Settings }));
        app = builder.Build();
        app.UseTumblerApi();
        app.MapTumblerApi();
        register(app);
    }

    internal FixedClock Clock { get; } = new();

    internal ScriptedCluster Cluster { get; } = new();

    internal ScriptedRings Rings { get; } = new();

    internal ScriptedDocuments Published { get; } = new();

    internal ScriptedTokens Tokens { get; } = new();

    internal ScriptedInspection Inspection { get; } = new();

    internal ScriptedLists Lists { get; } = new();

    internal ManualClock MachineClock { get; } = new(FixedClock.Now);

    internal ScriptedOrganizations Organizations { get; } = new();

    internal ScriptedApiKeys ApiKeys { get; } = new();

    internal ScriptedClients Clients { get; } = new();

    internal ScriptedTransfers Transfers { get; } = new();

    internal ScriptedProtection Protection { get; } = new();

    internal ScriptedAuditLog Audit { get; } = new();

    internal ScriptedAuditExports Exports { get; } = new();

    internal ScriptedReadiness Readiness { get; } = new();

    internal ScriptedBearers Bearers { get; } = new();

    internal SecurityEvents Events { get; } = new();

    internal ScriptedQuotas Quotas { get; } = new();

    internal FailedAttempts Attempts { get; }

    internal SharedKeys SharedKeys { get; }

    internal StoreNews News { get; } = new();

    internal long TokensIssued { get; set; }

    internal long Verifications { get; set; }

    internal ScriptedMigration Migration { get; } = new();

    internal ShownSettings Settings { get; } = new();

    internal CapturedLog Log { get; } = new();

    public IServiceProvider Services => app.Services;

    public HttpClient Client { get; private set; } = new();

    private Uri Address => new(app.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public Task Stop() => app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    public Task<HttpResponseMessage> Send(string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> SendAsAdmin(string method, string path, string? json = null, params (string Name, string Value)[] headers) =>
        Send(method, path, json, [("X-Admin-Key", AdminKey), .. headers]);

    public Task<HttpResponseMessage> SendAsAdmin(string method, string path, HttpContent content)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        request.Headers.Add("X-Admin-Key", AdminKey);
        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends these very bytes and reads until the server closes.</summary>
    public async Task<string> SendRaw(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<JsonElement> Json(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
}
