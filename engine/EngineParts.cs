using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Protection;
using Tumbler.Contracts.Tokens;
using Tumbler.Core;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Core.Revocations;
using Tumbler.Engine.ApiKeys;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Clients;
using Tumbler.Engine.Cluster;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Keepers;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Limits;
using Tumbler.Engine.Metrics;
using Tumbler.Engine.Migration;
using Tumbler.Engine.Organizations;
using Tumbler.Engine.Protection;
using Tumbler.Engine.Readiness;
using Tumbler.Engine.Revocations;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;
using Tumbler.Engine.Tokens;
using Tumbler.Engine.Transfer;

namespace Tumbler.Engine;

/// <summary>What every engine is made of: keepers, snapshots, tokens, the audit log, key protection. Who owns what, and who
/// ticks, is not said here.</summary>
public static class EngineParts
{
    public static IServiceCollection AddEngineParts(this IServiceCollection services, EngineSetup options) => services
        .AddSingleton(options.Store)
        .AddSingleton(options.Protector)
        .AddSingleton(options.AuditKey)
        .AddSingleton(new ReceiptBook(options.HashKey.Span))
        .AddSingleton(new Issuers(options.Issuer))
        .AddRings(options)
        .AddOrganizations(options)
        .AddClients(options)
        .AddSecurityEvents(options)
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<SharedKeys>(provider, options.SharedKeys))
        .AddSingleton(provider => new TokenIssuer(
            provider.GetRequiredService<RingSnapshots>(),
            provider.GetRequiredService<ClientCheck>(),
            provider.GetRequiredService<SecurityEvents>(),
            provider.GetRequiredService<ApiKeyLimits>(),
            provider.GetRequiredService<KeyRings>().Tick,
            options.StoreClock,
            options.TokenLifetime,
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<ITokens>(provider => provider.GetRequiredService<TokenIssuer>())
        .AddSingleton(provider => new TokenVerifier(
            provider.GetRequiredService<RingSnapshots>(),
            provider.GetRequiredService<LiveRevocations>(),
            options.TokenSkew,
            provider.GetRequiredService<TimeProvider>()))
        .AddRevocations(options)
        .AddSingleton<IBearerTokens, BearerTokens>()
        .AddSingleton<IKeyProtection, KeyProtection>()
        .AddSingleton<IKeyTransfers, KeyTransfers>()
        .AddAudit(options)
        .AddSingleton(options.StoreClock)
        .AddSingleton(provider => new NodeReadiness(
            options.Store,
            provider.GetRequiredService<RingSnapshots>(),
            provider.GetRequiredService<SnapshotPoller>(),
            provider.GetRequiredService<RotationFailures>(),
            provider.GetRequiredService<StoreClock>(),
            provider.GetRequiredService<TimeProvider>(),
            options.MachineClock))
        .AddSingleton<NodeReport>()
        .AddSingleton(provider => new SaveDurations(provider.GetRequiredService<ProductMeter>(), options.MachineClock))
        .AddSingleton<RingMetrics>()
        .AddHostedService<NodeMetrics>()
        .AddSingleton(provider => new NodeCounts(
            () => provider.GetRequiredService<TokenIssuer>().Issued,
            () => provider.GetRequiredService<TokenVerifier>().Verified.Total + provider.GetRequiredService<ApiKeyUses>().Total))
        .AddSingleton(provider => new SnapshotPoller(
            options.Store,
            provider.GetRequiredService<StoreClock>(),
            provider.GetRequiredService<RingSnapshots>(),
            provider.GetRequiredService<OrganizationSnapshots>(),
            provider.GetRequiredService<LiveRevocations>(),
            options.MachineClock,
            provider.GetRequiredService<ILogger<SnapshotPoller>>()))
        .AddSingleton(provider => provider.GetRequiredService<SnapshotPoller>().News)
        .AddHostedService(provider => provider.GetRequiredService<SnapshotPoller>())
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<IdlePulse>(provider, options.MachineClock))
        .AddHostedService(provider => provider.GetRequiredService<IdlePulse>());

    private static IServiceCollection AddAudit(this IServiceCollection services, EngineSetup options) => services
        .AddSingleton(options.Proofs)
        .AddSingleton<IAuditLog, AuditLog>()
        .AddSingleton<Checkpoints>()
        .AddSingleton<ExportQueue>()
        .AddSingleton<ExportWriter>()
        .AddSingleton<IAuditExports>(provider => ActivatorUtilities.CreateInstance<AuditExports>(provider, options.Node))
        .AddHostedService<CheckpointPulse>()
        .AddHostedService(provider => ActivatorUtilities.CreateInstance<ExportWorker>(provider, options.Node));

    private static IServiceCollection AddRings(this IServiceCollection services, EngineSetup options) => services
        .AddSingleton<KeyForge>()
        .AddSingleton<RotationFailures>()
        .AddSingleton<RingTally>()
        .AddSingleton(provider => new RingSnapshots(
            options.Store.Rings,
            provider.GetRequiredService<Issuers>(),
            () => ActivatorUtilities.CreateInstance<SignerShelf>(provider),
            options.Rings.Keys.Append(RingId.Default).ToHashSet(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IPublishedKeys>(provider => provider.GetRequiredService<RingSnapshots>())
        .AddSingleton(provider => new RingKeepers(
            ring => KeeperOf(
                ring, options.Store.Rings, options, provider, provider.GetRequiredService<RingSnapshots>().Renew, NewRevocations.Between,
                provider.GetRequiredService<RingTally>().Saved),
            provider.GetRequiredService<KeyForge>(),
            provider.GetRequiredService<StoreClock>(),
            provider.GetRequiredService<ILogger<RingKeepers>>()))
        .AddSingleton<RingRepair>()
        .AddSingleton<DueRings>()
        .AddSingleton(provider => new KeyRings(
            provider.GetRequiredService<RingKeepers>(),
            provider.GetRequiredService<RingRepair>(),
            provider.GetRequiredService<RingSnapshots>(),
            options.Store.Rings,
            provider.GetRequiredService<Issuers>(),
            provider.GetRequiredService<RotationFailures>(),
            provider.GetRequiredService<TimeProvider>(),
            options.Rings));

    private static IServiceCollection AddOrganizations(this IServiceCollection services, EngineSetup options) => services
        .AddSingleton(options.Store.Organizations)
        .AddSingleton(new ApiKeyHasher(options.HashKey.Span))
        .AddSingleton(new ApiKeyUses())
        .AddSingleton<ApiKeyAuthenticator>()
        .AddSingleton<ApiKeyLimits>()
        .AddSingleton<OrganizationSnapshots>()
        .AddSingleton(provider => new OrganizationKeepers(
            org => KeeperOf(
                org, options.Store.Organizations, options, provider, provider.GetRequiredService<OrganizationSnapshots>().Renew, NewRevocations.Between)))
        .AddSingleton<Organizations.Organizations>()
        .AddSingleton<ApiKeys.ApiKeys>();

    private static IServiceCollection AddRevocations(this IServiceCollection services, EngineSetup options) => services
        .AddSingleton<LiveRevocations>()
        .AddSingleton<IRevocationLists, RevocationLists>()
        .AddSingleton(provider => new TokenRevocationKeepers(
            ring => KeeperOf(ring, options.Store.TokenRevocations, options, provider, announce: _ => { }, NewRevocations.Between)))
        .AddSingleton<TokenRevoker>()
        .AddSingleton<ClientCheck>()
        .AddSingleton<ITokenInspection, TokenInspector>();

    private static IServiceCollection AddClients(this IServiceCollection services, EngineSetup options) => services
        .AddSingleton(options.KeyAddresses)
        .AddSingleton<Clients.Clients>()
        .AddSingleton(new ClientKeySets(options.FetchKeys, options.MachineClock))
        .AddSingleton(options.Store.UsedOnce)
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<PrivateKeyJwt>(provider, options.TokenSkew))
        .AddSingleton(new TlsClientAuth(options.ClientAuthorities))
        .AddSingleton<SelfSignedTlsClientAuth>()
        .AddSingleton<RegisteredClients>()
        .AddSingleton<ApiKeyClients>();

    private static IServiceCollection AddSecurityEvents(this IServiceCollection services, EngineSetup options) => services
        .AddSingleton<SecurityEvents>()
        .AddSingleton(new FailedAttempts(options.FailedAttempts, options.MachineClock))
        .AddSingleton(provider => new ProductMeter().Publish(provider.GetRequiredService<SecurityEvents>(), provider.GetRequiredService<FailedAttempts>()))
        .AddSingleton(provider => new NodeLogWriter(
            options.Node,
            KeeperOf(options.Node, options.Store.NodeLogs, options, provider, announce: _ => { }),
            provider.GetRequiredService<SecurityEvents>(),
            provider.GetRequiredService<ILogger<NodeLogWriter>>()))
        .AddHostedService<SecurityEventPulse>();

    /// <param name="revoked">What a step withdraws: then this node knows it, too, before the change is answered.</param>
    /// <param name="saved">Told what this process has saved.</param>
    private static Keeper<TId, TState> KeeperOf<TId, TState>(
        TId id,
        IAggregateStore<TId, TState> store,
        EngineSetup options,
        IServiceProvider provider,
        Action<Stored<TState>> announce,
        Func<TState?, TState, IReadOnlyList<Revocation>>? revoked = null,
        Action<TState?, TState>? saved = null)
        where TId : struct
        where TState : class, IAggregate<TState> => new(
            id,
            new MeasuredSaves<TId, TState>(store, provider.GetRequiredService<SaveDurations>()),
            options.Store.Audit,
            provider.GetRequiredService<ReceiptBook>(),
            options.AuditKey,
            provider.GetRequiredService<TimeProvider>(),
            announce,
            async (old, next) =>
            {
                saved?.Invoke(old, next);
                if (revoked?.Invoke(old, next) is { Count: > 0 })
                    await provider.GetRequiredService<SnapshotPoller>().AskAgain();
            });
}
