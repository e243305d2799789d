using System.Collections.Immutable;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;
using Tumbler.Core.Idempotency;

namespace Tumbler.Core.Organizations;

/// <summary>An organisation with everything that changes together with it. Equal collections that are not the same
/// collection make it unequal: right for "did this decision change anything", which is all that is asked.</summary>
/// <param name="Deleted">Ended for good. It stays as a tombstone, because its slug is in old tokens and audit entries
/// and must not come to mean someone else.</param>
/// <param name="UpdatedAt">When its own data last changed; its API keys have their own times.</param>
/// <param name="ApiKeys">All that ever were, for their names and fingerprints.</param>
/// <param name="AuditHead">The end of its audit chain.</param>
public sealed record Organization(
    OrgSlug Slug,
    string Name,
    string Email,
    OrganizationStatus Status,
    bool Deleted,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    ImmutableDictionary<ApiKeyId, ApiKey> ApiKeys,
    AuditHead AuditHead,
    ImmutableArray<Receipt> Receipts) : IAggregate<Organization>
{
    /// <summary>Bounds what one aggregate, one commit and one index have to hold.</summary>
    public const int MaxAcceptedApiKeys = 1_000;

    /// <inheritdoc cref="MaxAcceptedApiKeys"/>
    public const int MaxClients = 100;

    /// <summary>The registered clients. A deleted one is gone.</summary>
    public ImmutableDictionary<ClientId, RegisteredClient> Clients { get; init; } = ImmutableDictionary<ClientId, RegisteredClient>.Empty;

    public string Chain => ChainOf(Slug);

    public static string ChainOf(OrgSlug slug) => $"org:{slug}";

    public Organization With(AuditHead head, ImmutableArray<Receipt> receipts) => this with { AuditHead = head, Receipts = receipts };

    /// <summary>The one place that says whether a key opens anything.</summary>
    public bool Accepts(ApiKey key, DateTimeOffset now) => WhyNot(key, now) is null;

    /// <summary>Why a key opens nothing, or null when it does. Not for the caller's ears.</summary>
    public SecurityReason? WhyNot(ApiKey key, DateTimeOffset now) => (Deleted, Status, key.StateAt(now)) switch
    {
        (true, _, _) => SecurityReason.OrganizationDeleted,
        (_, not OrganizationStatus.Active, _) => SecurityReason.OrganizationSuspended,
        (_, _, ApiKeyState.Active or ApiKeyState.Retiring) => null,
        (_, _, ApiKeyState.Expired) => SecurityReason.ExpiredKey,
        _ => SecurityReason.RevokedKey,
    };

    /// <inheritdoc cref="WhyNot(ApiKey, DateTimeOffset)"/>
    public SecurityReason? WhyNot(RegisteredClient client, DateTimeOffset now) => (Deleted, Status) switch
    {
        (true, _) => SecurityReason.OrganizationDeleted,
        (_, not OrganizationStatus.Active) => SecurityReason.OrganizationSuspended,
        _ => client.ExpiredAt(now) ? SecurityReason.ExpiredClient : null,
    };

    /// <summary>Keys neither revoked nor expired, newest first. Suspension does not count: it is the organisation's.</summary>
    public ImmutableArray<ApiKey> LiveApiKeys(DateTimeOffset now) =>
    [
        .. ApiKeys.Values.Where(key => key.AcceptedAt(now))
            .OrderByDescending(key => key.CreatedAt)
            .ThenBy(key => key.Id.ToString(), StringComparer.Ordinal)
    ];

    public OrganizationView View(DateTimeOffset now) => new(
        Slug, Name, Email, Status, ApiKeys.Values.Count(key => key.AcceptedAt(now)), CreatedAt, UpdatedAt);

    internal Organization Adding(ApiKey key) => this with { ApiKeys = ApiKeys.Add(key.Id, key) };

    internal Organization With(RegisteredClient client) => this with { Clients = Clients.SetItem(client.Id, client) };

    internal Organization Without(RegisteredClient client) => this with { Clients = Clients.Remove(client.Id) };

    internal Organization With(ApiKey key) => this with { ApiKeys = ApiKeys.SetItem(key.Id, key) };
}
