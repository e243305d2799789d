using Microsoft.Extensions.Configuration;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;

namespace Tumbler.Silo.Configuration;

/// <summary>Everything that can be set, read and checked as a whole. What changes after the start is in <c>silo/Reload</c>.</summary>
/// <param name="Development">True on a developer's machine; false is production, which refuses what is unsafe.</param>
/// <param name="Cluster">Null unless the engine is the cluster.</param>
/// <param name="Rings">The policies that stand in the configuration; the default ring is there without one.</param>
public sealed record SiloSettings(
    bool Development,
    ListenOptions Listen,
    EdgeOptions Edge,
    EngineOptions Engine,
    StorageOptions Storage,
    ClusterOptions? Cluster,
    RetentionOptions Retention,
    IReadOnlyDictionary<RingId, PutRing> Rings,
    TokenOptions Tokens,
    ApiKeyOptions ApiKeys,
    AdminOptions Admin,
    AccessOptions Access,
    AuthOptions Auth,
    ProtectionOptions Protection,
    AuditOptions Audit,
    ClockOptions Clock,
    LoggingOptions Logging)
{
    public MigrationOptions Migration { get; init; } = MigrationOptions.None;

    public static SiloSettings Read(IConfiguration configuration, SettingsReader settings, Func<PutRing, IReadOnlyList<FieldError>> ringRules)
    {
        var listen = ListenOptions.Read(settings);
        var engine = EngineOptions.Read(settings);
        var storage = StorageOptions.Read(settings);
        var rings = RingOptions.Read(settings, ringRules);
        var tokens = TokenOptions.Read(settings, listen);
        var read = new SiloSettings(
            settings.Development,
            listen,
            EdgeOptions.Read(settings),
            engine,
            storage,
            ClusterOptions.Read(settings, engine.Kind, storage.Kind),
            RetentionOptions.Read(settings, storage),
            rings,
            tokens,
            ApiKeyOptions.Read(settings),
            AdminOptions.Read(settings),
            AccessOptions.Read(settings, tokens),
            AuthOptions.Read(settings),
            ProtectionOptions.Read(settings),
            AuditOptions.Read(settings, tokens),
            ClockOptions.Read(settings),
            LoggingOptions.Read(settings, configuration))
        {
            Migration = MigrationOptions.Read(settings, configuration),
        };
        settings.RefuseEqualSecrets();
        settings.RefuseUnknown();
        return read;
    }
}
