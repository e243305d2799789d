using System.Collections.Frozen;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Tumbler.Api;
using Tumbler.Api.Credentials;
using Tumbler.Api.CrossOrigin;
using Tumbler.Api.Development;
using Tumbler.Core.Audit;
using Tumbler.Engine;
using Tumbler.Engine.Single;
using Tumbler.Engine.Store;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Engines;
using Tumbler.Silo.Listening;
using Tumbler.Silo.Logging;
using Tumbler.Silo.Reload;
using Tumbler.Silo.Retention;
using Tumbler.Silo.Telemetry;
using Tumbler.Storage.Exports;

namespace Tumbler.Silo;

/// <summary>Puts the parts together.</summary>
internal static class SiloHost
{
    /// <summary>What waits for servers that are away is given up then. It takes some seconds more, and supervisors kill after 30.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(20);

    /// <param name="cluster">Null for the single engine.</param>
    /// <returns>Null after it complained about an address that can't be listened on, or a cluster that can't be joined.</returns>
    public static async Task<WebApplication?> Start(SiloSettings settings, SiloParts parts, SiloReload reload, ClusterBuild? cluster, Complaints complaints)
    {
        var app = Build(settings, parts, reload, cluster);
        try
        {
            await app.StartAsync();
            return app;
        }
        catch (Exception e) when (e is SocketException or IOException { InnerException: AddressInUseException })
        {
            await app.DisposeAsync();
            complaints.Add(new SettingError(ListenOptions.Setting, e.Message));
            return null;
        }
        catch (DevelopmentEndpointException e)
        {
            await app.DisposeAsync();
            complaints.Add(new SettingError("environment", e.Message));
            return null;
        }
        catch (Exception e) when (cluster?.NotJoined(app, e) is { } problem)
        {
            await app.DisposeAsync();
            complaints.Add(problem);
            return null;
        }
    }

    private static WebApplication Build(SiloSettings settings, SiloParts parts, SiloReload reload, ClusterBuild? cluster)
    {
        // Empty: what the settings say is all there is, no other file or variable speaks to the framework.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            EnvironmentName = settings.Development ? Environments.Development : Environments.Production,
        });
        builder.Logging.AddSiloConsole(settings);
        builder.WebHost.UseKestrelCore().UseServerTls(parts.Files.Certificate).UseUrls([.. settings.Listen.Urls.Select(url => url.ToString())]);
        var storeClock = new StoreClock();
        builder.Services
            .Configure<HostOptions>(host => host.ShutdownTimeout = EndsWithin)
            .AddSingleton(parts.Clock == TimeProvider.System ? new SharedClock(parts.Clock, storeClock) : parts.Clock)
            .AddSingleton(new ExportRetention(settings.Retention.Exports, settings.Retention.KeepExports))
            .AddHostedService<ExportRetentionJob>()
            .AddHostedService(_ => new FileWatch(parts.Files, TimeProvider.System))
            .AddTumblerApi(Api(settings, reload))
            .AddOtlp(settings.Edge.Telemetry.Otlp, settings.Audit.Node.Value);
        reload.AddTo(builder.Services, parts);

        var engine = Engine(settings, parts, storeClock);
        if (cluster is not null)
            cluster.AddTo(builder, engine);
        else
            builder.Services.AddSingleEngine(engine);

        var app = builder.Build();
        app.UseTumblerApi();
        app.MapTumblerApi();
        cluster?.AddTo(app);
        app.Logger.Warn(settings.Edge.Cors.Rejected);
        return app;
    }

    private static ApiOptions Api(SiloSettings settings, SiloReload reload) => new(reload.AdminKeys)
    {
        Settings = reload.Shown,
        Proxies = settings.Edge.Proxies.Trusted,
        AdminAudience = settings.Access.AdminAudience,
        ForwardAuth = settings.Access.ForwardAuth,
        ClientCertificateHeader = settings.Auth.ClientCertificateHeader,
        Headers = settings.Edge.Headers,
        Origins = reload.Origins,
        Limits = settings.Edge.Limits,
        Metrics = reload.Metrics,
        TracedShare = settings.Edge.Telemetry.Otlp?.SampleRatio ?? 1,
        HealthDetailsClosed = settings.Edge.Telemetry.HealthDetailsClosed,
    };

    private static EngineSetup Engine(SiloSettings settings, SiloParts parts, StoreClock storeClock) => new()
    {
        Store = parts.Store,
        StoreClock = storeClock,
        Protector = parts.Protector,
        Node = settings.Audit.Node,
        AuditKey = new AuditKey(parts.Secrets.AuditKey.RevealBase64()),
        Proofs = parts.Proofs,
        HashKey = parts.Secrets.ApiKeyHashKey.RevealBase64(),
        Issuer = settings.Tokens.Issuer,
        TokenLifetime = settings.Tokens.Lifetime,
        TokenSkew = settings.Tokens.Skew,
        FailedAttempts = settings.Edge.FailedAuthentication,
        SharedKeys = settings.Migration.Setup(parts.Clock.Now()),
        Rings = settings.Rings.ToFrozenDictionary(),
        KeyAddresses = parts.KeyAddresses,
        FetchKeys = parts.KeyDownload.Get,
        ClientAuthorities = () => parts.Files.Authorities?.Current ?? [],
    };
}
