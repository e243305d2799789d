using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Dashboard;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService;
using StackExchange.Redis;
using Tumbler.Api.Credentials;
using Tumbler.Core.Cluster;
using Tumbler.Engine;
using Tumbler.Engine.Store;
using Tumbler.Grains;
using Tumbler.Grains.Members;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Members;
using Tumbler.Storage.Protection;
using ClusterOptions = Tumbler.Silo.Configuration.ClusterOptions;

namespace Tumbler.Silo.Engines;

/// <summary>The cluster engine, made of the settings: what it needs of others is there before anything of Orleans starts.</summary>
internal sealed class ClusterBuild : IAsyncDisposable
{
    private static readonly SettingError RedisAway = new(ClusterOptions.RedisSetting, "Redis does not answer any more.") { MayPass = true };

    private readonly ClusterSetup setup;
    private readonly SiloTlsFiles? tls;

    private ClusterBuild(ClusterSetup setup, SiloTlsFiles? tls) => (this.setup, this.tls) = (setup, tls);

    public static bool IsPresent => true;

    /// <returns>Null after it complained.</returns>
    public static async Task<ClusterBuild?> Enter(ClusterOptions options, SiloParts parts, ILoggerFactory logging, Complaints complaints)
    {
        var errors = new List<SettingError>();
        var tls = options.Tls is null ? null : SiloTlsFiles.Load(options.Tls, TimeProvider.System, logging.CreateLogger<SiloTlsFiles>(), errors);
        var endpoint = new IPEndPoint(options.Address, options.SiloPort);
        if (PortProblem(endpoint) is { } problem)
            errors.Add(problem);
        var redis = await Connect(options, errors);
        if (redis is not null && errors.Count == 0 && await Entered(options, parts.Cluster!, redis, errors) is { } generation)
        {
            return new ClusterBuild(
                new ClusterSetup
                {
                    Id = options.Id,
                    SiloName = options.SiloName,
                    Endpoint = endpoint,
                    Redis = redis,
                    Rows = parts.Cluster!,
                    Generation = generation,
                    Certificates = tls,
                    ExpectedSilos = options.ExpectedSilos,
                    Dashboard = options.Dashboard,
                },
                tls);
        }

        complaints.Add(errors);
        if (redis is not null)
            await redis.DisposeAsync();
        return null;
    }

    /// <summary>Reads the files and asks Redis whether it answers. Joins nothing; the port may be in use by the silo that runs.</summary>
    /// <param name="errors">Gets what is wrong.</param>
    public static async Task Check(ClusterOptions options, List<SettingError> errors)
    {
        if (options.Tls is not null)
            SiloTlsFiles.Load(options.Tls, TimeProvider.System, NullLogger.Instance, errors);
        await using var redis = await Connect(options, errors);
    }

    public void AddTo(WebApplicationBuilder builder, EngineSetup engine)
    {
        builder.AddClusterEngine(engine, setup);
        if (tls is not null)
            builder.Services.AddHostedService(_ => new SiloTlsWatch(tls, engine.MachineClock));
    }

    /// <summary>The pages that only a cluster has.</summary>
    public void AddTo(WebApplication app)
    {
        if (setup.Dashboard)
            app.MapOrleansDashboard("/dashboard").ForAdministrators("GET /dashboard");
    }

    /// <returns>What is wrong, if it was the cluster that the start failed at.</returns>
    public SettingError? NotJoined(WebApplication app, Exception failure) => failure switch
    {
        // Whom nobody reaches the members soon declare dead; whom nobody answers gives up after a while.
        _ when failure is OrleansClusterConnectivityCheckFailedException || ExitCode(app) != 0 => new SettingError(
            "Cluster", $"The silos of cluster '{setup.Id}' do not answer this one at {setup.Endpoint}; their logs say why: its certificate, or the network.") { MayPass = true },
        RedisException or TimeoutException => RedisAway,
        OrleansException => new SettingError("Cluster", $"The cluster '{setup.Id}' can't be joined: {failure.GetBaseException().Message.ReplaceLineEndings(" ")}"),
        _ => null,
    };

    /// <returns>Not 0 when the cluster was over for this silo.</returns>
    public static int ExitCode(WebApplication app) => app.Services.GetRequiredService<SiloEnd>().HasCome ? SiloEnd.ExitCode : 0;

    public ValueTask DisposeAsync() => setup.Redis.DisposeAsync();

    /// <summary>Orleans would find out too, when it is a member already.</summary>
    private static SettingError? PortProblem(IPEndPoint endpoint)
    {
        try
        {
            using var listener = new TcpListener(endpoint) { ExclusiveAddressUse = true };
            listener.Start();
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.AddressNotAvailable
                ? new SettingError(ClusterOptions.AddressSetting, $"{endpoint.Address} is no address of this machine")
                : new SettingError(ClusterOptions.PortSetting, $"can't listen on {endpoint}: {e.Message}");
        }
    }

    private static async Task<IConnectionMultiplexer?> Connect(ClusterOptions options, List<SettingError> errors)
    {
        X509Certificate2Collection? authorities = null;
        if (options.RedisAuthorities is { } path && !SiloCertificateFiles.TryLoadAuthorities(path, out authorities, out var unread))
        {
            errors.Add(new SettingError(ClusterOptions.RedisAuthoritiesSetting, unread));
            return null;
        }

        var (redis, mayPass) = (default(IConnectionMultiplexer), false);
        if (RedisConnection.TryParse(options.Redis.Reveal(), authorities, out var connection, out var problem))
            (redis, problem, mayPass) = await connection.Open(TimeProvider.System);
        if (problem is not null)
            errors.Add(new SettingError(ClusterOptions.RedisSetting, problem) { MayPass = mayPass });
        return redis;
    }

    private static async Task<Guid?> Entered(ClusterOptions options, IClusterRows rows, IConnectionMultiplexer redis, List<SettingError> errors)
    {
        var marks = new RedisMarks(redis, options.Id, rows.Store);
        try
        {
            switch (await new Entrance(rows, marks, TimeProvider.System).Pass(options.Id, CancellationToken.None))
            {
                case EntryStep.Enter enter:
                    return enter.Generation;
                case EntryStep.Refuse { Fault: EntryFault.ClusterId } refusal:
                    errors.Add(new SettingError(ClusterOptions.IdSetting, refusal.Reason));
                    break;
                case EntryStep.Refuse refusal:
                    errors.Add(new SettingError(ClusterOptions.RedisSetting, $"{refusal.Reason} (key {marks.Key})"));
                    break;
            }
        }
        catch (StoreUnavailableException)
        {
            errors.Add(new SettingError(PostgresSettings.ConnectionSetting, "the database does not answer any more") { MayPass = true });
        }
        catch (RedisServerException e)
        {
            errors.Add(new SettingError(ClusterOptions.RedisSetting, $"Redis refuses a command: {e.Message}"));
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            errors.Add(RedisAway);
        }

        return null;
    }
}
