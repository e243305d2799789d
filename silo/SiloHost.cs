using System.Collections.Frozen;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Tumbler.Api;
using Tumbler.Core.Audit;
using Tumbler.Engine;
using Tumbler.Engine.Single;
using Tumbler.Engine.Store;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Engines;
using Tumbler.Silo.Logging;
using Tumbler.Silo.Reload;
using Tumbler.Silo.Retention;
using Tumbler.Storage.Exports;

namespace Tumbler.Silo;

/// <summary>Puts the parts together.</summary>
internal static class SiloHost
{
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
        builder.WebHost.UseKestrelCore().UseUrls([.. settings.Listen.Urls.Select(url => url.ToString())]);
        var storeClock = new StoreClock();
        builder.Services
            .AddSingleton(parts.Clock == TimeProvider.System ? new SharedClock(parts.Clock, storeClock) : parts.Clock)
            .AddSingleton(new ExportRetention(settings.Retention.Exports, settings.Retention.KeepExports))
            .AddHostedService<ExportRetentionJob>()
            .AddTumblerApi(new ApiOptions(reload.AdminKeys) { Settings = reload.Shown });
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
        return app;
    }

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
        SharedKeys = settings.Migration.Setup(parts.Clock.Now()),
        Rings = settings.Rings.ToFrozenDictionary(),
    };
}
