using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Engine.ApiKeys;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Keepers;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Organizations;
using Tumbler.Engine.Readiness;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Tokens;

namespace Tumbler.Engine.Single;

/// <summary>The engine in one process: a keeper per ring and organisation, and a timer that ticks the rings.</summary>
public static class SingleEngine
{
    public static IServiceCollection AddSingleEngine(this IServiceCollection services, SingleEngineOptions options) => services
        .AddSingleton(options.Store)
        .AddSingleton(options.Protector)
        .AddSingleton(options.AuditKey)
        .AddSingleton(new ReceiptBook(options.HashKey.Span))
        .AddSingleton(new Issuers(options.Issuer))
        .AddRings(options)
        .AddOrganizations(options)
        .AddSingleton<ITokens>(provider => new TokenIssuer(
            provider.GetRequiredService<RingSnapshots>(),
            provider.GetRequiredService<ApiKeyAuthenticator>(),
            provider.GetRequiredService<KeyRings>().Tick,
            options.TokenLifetime,
            provider.GetRequiredService<TimeProvider>()))
        .AddAudit(options)
        .AddSingleton<IReadiness, NodeReadiness>()
        .AddHostedService<SchedulePulse>();

    private static IServiceCollection AddAudit(this IServiceCollection services, SingleEngineOptions options) => services
        .AddSingleton(options.Proofs)
        .AddSingleton<IAuditLog, AuditLog>()
        .AddSingleton<Checkpoints>()
        .AddSingleton<ExportQueue>()
        .AddSingleton<ExportWriter>()
        .AddSingleton<IAuditExports, AuditExports>()
        .AddHostedService<CheckpointPulse>()
        .AddHostedService<ExportWorker>();

    private static IServiceCollection AddRings(this IServiceCollection services, SingleEngineOptions options) => services
        .AddSingleton<KeyForge>()
        .AddSingleton<RotationFailures>()
        .AddSingleton(provider => new RingSnapshots(
            options.Store.Rings,
            provider.GetRequiredService<Issuers>(),
            () => ActivatorUtilities.CreateInstance<SignerShelf>(provider),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IPublishedKeys>(provider => provider.GetRequiredService<RingSnapshots>())
        .AddSingleton(provider => new RingKeepers(
            ring => new Keeper<RingId, KeyRing>(
                ring,
                options.Store.Rings,
                provider.GetRequiredService<ReceiptBook>(),
                options.AuditKey,
                provider.GetRequiredService<TimeProvider>(),
                stored => provider.GetRequiredService<RingSnapshots>().Apply(stored)),
            provider.GetRequiredService<KeyForge>(),
            provider.GetRequiredService<ILogger<RingKeepers>>()))
        .AddSingleton(provider => new KeyRings(
            provider.GetRequiredService<RingKeepers>(),
            options.Store.Rings,
            provider.GetRequiredService<Issuers>(),
            provider.GetRequiredService<RotationFailures>(),
            provider.GetRequiredService<TimeProvider>(),
            options.Rings))
        .AddSingleton<IKeyRings>(provider => provider.GetRequiredService<KeyRings>());

    private static IServiceCollection AddOrganizations(this IServiceCollection services, SingleEngineOptions options) => services
        .AddSingleton(options.Store.Organizations)
        .AddSingleton(new ApiKeyHasher(options.HashKey.Span))
        .AddSingleton<ApiKeyUses>()
        .AddSingleton<ApiKeyAuthenticator>()
        .AddSingleton<OrganizationSnapshots>()
        .AddSingleton(provider => new OrganizationKeepers(
            org => new Keeper<OrgSlug, Organization>(
                org,
                options.Store.Organizations,
                provider.GetRequiredService<ReceiptBook>(),
                options.AuditKey,
                provider.GetRequiredService<TimeProvider>(),
                stored => provider.GetRequiredService<OrganizationSnapshots>().Apply(stored))))
        .AddSingleton<IOrganizations, Organizations.Organizations>()
        .AddSingleton<IApiKeys, ApiKeys.ApiKeys>();
}
