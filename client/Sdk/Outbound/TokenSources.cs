using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Tumbler.Client.Outbound;

/// <summary>All token sources of a process: clients that ask for the same share one. Handlers come and go with their connections, these stay.</summary>
internal sealed class TokenSources : IDisposable
{
    private const int MaxAnswer = 64 * 1024;

    private readonly TimeProvider clock, machineClock;
    private readonly ILogger log;
    private readonly ConcurrentDictionary<object, TokenSource> sources = [];

    // The secret goes where the settings or the issuer's metadata say, and nowhere an answer would have it.
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        // Each question has a limit of its own.
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswer,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("Tumbler.Client", "0.1") } },
    };

    public TokenSources(TimeProvider clock, ILoggerFactory logs)
        : this(clock, TimeProvider.System, logs)
    {
    }

    /// <param name="clock">By which tokens live.</param>
    /// <param name="machineClock">By which others are slow: a demonstration may let the first one run fast.</param>
    internal TokenSources(TimeProvider clock, TimeProvider machineClock, ILoggerFactory logs) =>
        (this.clock, this.machineClock, log) = (clock, machineClock, logs.CreateLogger("Tumbler.Client.Tokens"));

    public OutboundMetrics Metrics { get; } = new();

    /// <param name="options">Valid ones.</param>
    public TokenSource For(TokenClientOptions options)
    {
        var (issuer, scope) = (options.Issuer ?? options.TokenEndpoint, options.Scope ?? "");
        var same = (issuer, options.ClientId, options.ClientSecret, options.ClientSecretFile, scope, string.Join(' ', options.Resource), options.AllowHttp);
        return sources.GetOrAdd(same, _ => new TokenSource(
            $"{issuer} for client {options.ClientId}{(scope.Length > 0 ? $" and scope {scope}" : "")}",
            new TokenEndpoint(options, http, clock, machineClock).Ask, clock, Chance, Metrics, log));
    }

    public void Dispose()
    {
        http.Dispose();
        Metrics.Dispose();
    }

    private static double Chance() => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20);
}
