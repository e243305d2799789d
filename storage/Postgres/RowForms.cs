using System.Text.Json;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Core.Revocations;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Postgres;

internal static class RowForms
{
    public static RowForm<RingId, KeyRing> Rings { get; } = new(
        AggregateTables.Rings,
        ring => ring.Id,
        KeyRing.ChainOf,
        RingId.Parse,
        Change,
        NewRevocations.Between,
        (old, json) => JsonSerializer.Deserialize(json, RowJson.Default.RingRow)!.ApplyTo(old is null ? null : old with { Receipts = [] }),
        ring => ring.Keys.Length);

    public static RowForm<OrgSlug, Organization> Organizations { get; } = new(
        AggregateTables.Organizations,
        organization => organization.Slug,
        Organization.ChainOf,
        OrgSlug.Parse,
        Change,
        NewRevocations.Between,
        (old, json) => JsonSerializer.Deserialize(json, RowJson.Default.OrganizationRow)!.ApplyTo(old is null ? null : old with { Receipts = [] }),
        organization => organization.ApiKeys.Count + organization.Clients.Count);

    public static RowForm<NodeId, NodeLog> NodeLogs { get; } = new(
        AggregateTables.NodeLogs,
        log => log.Id,
        NodeLog.ChainOf,
        NodeId.Parse,
        (_, next, version) => new RowChange(
            JsonSerializer.SerializeToUtf8Bytes(NodeLogRow.Of(next, version), RowJson.Default.NodeLogRow), SaveParts.None),
        (_, _) => [],
        (_, json) => JsonSerializer.Deserialize(json, RowJson.Default.NodeLogRow)!.ToLog(),
        _ => 0);

    public static RowForm<RingId, TokenRevocations> TokenRevocations { get; } = new(
        AggregateTables.TokenRevocations,
        state => state.Ring,
        Core.Revocations.TokenRevocations.ChainOf,
        RingId.Parse,
        (_, next, version) => new RowChange(
            JsonSerializer.SerializeToUtf8Bytes(TokenRevocationsRow.Of(next, version), RowJson.Default.TokenRevocationsRow), SaveParts.None),
        NewRevocations.Between,
        (_, json) => JsonSerializer.Deserialize(json, RowJson.Default.TokenRevocationsRow)!.ToState(),
        _ => 0);

    private static RowChange Change(KeyRing? old, KeyRing next, long version)
    {
        var row = RingRow.Between(old, next, version);
        return new RowChange(JsonSerializer.SerializeToUtf8Bytes(row, RowJson.Default.RingRow), Parts(row.Keys, row.Receipts));
    }

    private static RowChange Change(Organization? old, Organization next, long version)
    {
        var row = OrganizationRow.Between(old, next, version);
        return new RowChange(JsonSerializer.SerializeToUtf8Bytes(row, RowJson.Default.OrganizationRow), Parts(row.ApiKeys, row.Receipts)
            | (row.Clients!.Removed.Count > 0 ? SaveParts.RemoveClients : 0)
            | (row.Clients.Set.Count > 0 ? SaveParts.SetClients : 0));
    }

    private static SaveParts Parts<TKey, TChild>(RowChanges<TKey, TChild> children, RowChanges<string, ReceiptRow> receipts)
        where TKey : notnull =>
        (children.Removed.Count > 0 ? SaveParts.RemoveChildren : 0)
        | (children.Set.Count > 0 ? SaveParts.SetChildren : 0)
        | (receipts.Removed.Count > 0 ? SaveParts.RemoveReceipts : 0)
        | (receipts.Set.Count > 0 ? SaveParts.SetReceipts : 0);
}
