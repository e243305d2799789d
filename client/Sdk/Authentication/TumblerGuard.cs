using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tumbler.Client.ApiKeys;
using Tumbler.Client.Options;
using Tumbler.Client.Telemetry;

namespace Tumbler.Client.Authentication;

/// <summary>What the options have come to. Wrong ones end the start, unless nothing is enforced: then everything is let through as it would be
/// anyway, and the log says what is wrong.</summary>
internal sealed partial class TumblerGuard : IHostedService, IAsyncDisposable, IDisposable
{
    private readonly ExemptPaths exempt;
    private readonly ClientMetrics metrics = new();

    public TumblerGuard(IOptions<TumblerOptions> options, SettingsErrors read, ILoggerFactory log, IEnumerable<TimeProvider> clocks)
    {
        Options = options.Value;
        var errors = new List<string>(read.Found);
        new SettingsCheck(Options, read.Path, errors).Run();
        exempt = new ExemptPaths(Options.ExemptPaths.Where(ExemptPaths.IsRule));
        Proxies = new TrustedProxies(Options.TrustedProxies.Where(TrustedProxies.IsRule));
        if (errors.Count > 0 && Options.Enforce)
            throw new TumblerSettingsException(errors);
        if (errors.Count > 0)
        {
            Wrong(log.CreateLogger<TumblerGuard>(), new TumblerSettingsException(errors).Message);
            return;
        }

        if (!Options.Enforce)
            NotEnforced(log.CreateLogger<TumblerGuard>());
        if (Options.Mode.HasFlag(TumblerModes.Jwt))
            Tokens = new TumblerTokens(Options, clocks.LastOrDefault(), log);
        if (Options.Mode.HasFlag(TumblerModes.ApiKey))
            ApiKeys = new ApiKeyChecks(Options, clocks.LastOrDefault() ?? TimeProvider.System, metrics, log.CreateLogger<ApiKeyChecks>());
        Works = true;
    }

    public TumblerOptions Options { get; }

    /// <summary>False when the options are wrong, and nothing is enforced.</summary>
    public bool Works { get; }

    /// <summary>Null when tokens are not looked at.</summary>
    public TumblerTokens? Tokens { get; }

    /// <summary>Null when API keys are not looked at.</summary>
    public ApiKeyChecks? ApiKeys { get; }

    public TrustedProxies Proxies { get; }

    public ClientMetrics Metrics => metrics;

    /// <summary>By the path as it was sent and as it was understood, which must be the same.</summary>
    public bool IsExempt(HttpContext http)
    {
        if (Options.ExemptPaths.Count == 0)
            return false;
        var path = $"{http.Request.PathBase}{http.Request.Path}";
        var sent = (http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").AsSpan();
        var query = sent.IndexOf('?');
        return (query < 0 ? sent : sent[..query]).SequenceEqual(path) && exempt.Cover(path);
    }

    /// <summary>Whether the endpoint asks for a credential by itself.</summary>
    public static bool Asks(HttpContext http) =>
        http.GetEndpoint()?.Metadata is { } metadata && (metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<AuthorizationPolicy>() is not null);

    public Task StartAsync(CancellationToken cancellationToken) => Tokens?.StartAsync(cancellationToken) ?? Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (Tokens is not null)
            await Tokens.DisposeAsync();
    }

    public void Dispose()
    {
        Tokens?.Dispose();
        ApiKeys?.Dispose();
        metrics.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Problems} Nothing is enforced, so every request is let through.")]
    private static partial void Wrong(ILogger log, string problems);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is enforced: every request is let through, and what would be refused is told here.")]
    private static partial void NotEnforced(ILogger log);
}
