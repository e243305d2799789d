using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tumbler.Client.Outbound;
using Tumbler.Tests.Clock;

namespace Tumbler.Client.Tests.Outbound;

/// <summary>A program with clients that fetch tokens from an issuer by a clock that stands, and a service that they call.</summary>
internal sealed class Calling : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    private Calling(Issuing issuer, WebServer service, Action<IServiceCollection, Issuing> clients)
    {
        (Issuer, Service) = (issuer, service);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(all => new TokenSources(Clock, Clock, all.GetRequiredService<ILoggerFactory>()));
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        clients(services, issuer);
        provider = services.BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public LogLines Log { get; } = new();

    public Issuing Issuer { get; }

    public WebServer Service { get; }

    public System.Diagnostics.Metrics.Meter Meter => provider.GetRequiredService<TokenSources>().Metrics.Meter;

    /// <summary>What the service was shown, call for call.</summary>
    public IEnumerable<string?> Shown => Service.Requests.Select(request => request.Authorization);

    /// <summary>With one client, <c>orders</c>.</summary>
    public static Task<Calling> Start(Action<TokenClientOptions>? configure = null) => Start((services, issuer) =>
        services.AddHttpClient("orders").AddTumblerTokens(options =>
        {
            (options.TokenEndpoint, options.ClientId, options.ClientSecret) = ($"{issuer.Issuer}/token", "a client", Issuing.Secret);
            configure?.Invoke(options);
        }));

    public static async Task<Calling> Start(Action<IServiceCollection, Issuing> clients) =>
        new(await Issuing.Start(), await WebServer.Start(), clients);

    public HttpClient Client(string name = "orders")
    {
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
        client.BaseAddress = Service.Url;
        return client;
    }

    public Task<HttpResponseMessage> Get() => Client().GetAsync(new Uri("/orders", UriKind.Relative));

    /// <summary>The service takes this token, and answers 401 to every other.</summary>
    public void Takes(string token) => Service.Answer = http =>
    {
        http.Response.StatusCode = http.Request.Headers.Authorization == $"Bearer {token}" ? 200 : 401;
        return Task.CompletedTask;
    };

    /// <summary>Whether each question to the issuer has had its answer.</summary>
    public bool IsIdle() => Log.Count("was fetched") + Log.Count("No access token from") == Issuer.Asked;

    public void RefusesAll() => Takes("none that is issued");

    /// <summary>Lets what runs in the background come to its end.</summary>
    public static async Task Until(Func<bool> done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!done())
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        await Service.DisposeAsync();
        await Issuer.DisposeAsync();
        Log.Dispose();
    }
}
