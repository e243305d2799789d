using System.Collections.Immutable;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;
using Tumbler.Core.Idempotency;
using Tumbler.Core.Organizations;

namespace Tumbler.Storage.Rows;

/// <summary>An organisation's own data, and of its API keys, clients and receipts those that changed: with ten thousand API
/// keys a commit still writes one.</summary>
/// <param name="Clients">Null in a row from before there were any.</param>
internal sealed record OrganizationRow(
    OrgSlug Slug,
    long Version,
    string Name,
    string Email,
    OrganizationStatus Status,
    bool Deleted,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long AuditSeq,
    string AuditHash,
    RowChanges<ApiKeyId, ApiKeyRow> ApiKeys,
    RowChanges<string, ReceiptRow> Receipts,
    RowChanges<ClientId, ClientRow>? Clients = null)
{
    private static readonly ImmutableDictionary<ApiKeyId, ApiKey> NoKeys = ImmutableDictionary<ApiKeyId, ApiKey>.Empty;
    private static readonly ImmutableDictionary<ClientId, RegisteredClient> NoClients = ImmutableDictionary<ClientId, RegisteredClient>.Empty;

    public static OrganizationRow Between(Organization? old, Organization next, long version) => new(
        next.Slug,
        version,
        next.Name,
        next.Email,
        next.Status,
        next.Deleted,
        next.CreatedAt,
        next.UpdatedAt,
        next.AuditHead.Seq,
        next.AuditHead.Hash,
        RowChanges<ApiKeyId, ApiKey>.Between(old?.ApiKeys ?? NoKeys, next.ApiKeys).Select(ApiKeyRow.Of),
        RowChanges<string, Receipt>.Between(old?.Receipts ?? [], next.Receipts, receipt => receipt.KeyHash).Select(ReceiptRow.Of),
        RowChanges<ClientId, RegisteredClient>.Between(old?.Clients ?? NoClients, next.Clients).Select(ClientRow.Of));

    public Organization ApplyTo(Organization? old) => new(
        Slug,
        Name,
        Email,
        Status,
        Deleted,
        CreatedAt,
        UpdatedAt,
        (old?.ApiKeys ?? NoKeys)
            .RemoveRange(ApiKeys.Removed)
            .SetItems(ApiKeys.Set.Select(row => KeyValuePair.Create(row.Id, row.ToKey()))),
        new AuditHead(AuditSeq, AuditHash),
        [.. Receipts.Select(row => row.ToReceipt()).ApplyTo(old?.Receipts ?? [], receipt => receipt.KeyHash)])
    {
        Clients = Clients is null ? old?.Clients ?? NoClients : (old?.Clients ?? NoClients)
            .RemoveRange(Clients.Removed)
            .SetItems(Clients.Set.Select(row => KeyValuePair.Create(row.Id, row.ToClient()))),
    };
}
