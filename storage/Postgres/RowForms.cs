using System.Text.Json;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
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
        json => JsonSerializer.Deserialize(json, RowJson.Default.RingRow)!.ApplyTo(null));

    public static RowForm<OrgSlug, Organization> Organizations { get; } = new(
        AggregateTables.Organizations,
        organization => organization.Slug,
        Organization.ChainOf,
        OrgSlug.Parse,
        Change,
        json => JsonSerializer.Deserialize(json, RowJson.Default.OrganizationRow)!.ApplyTo(null));

    public static RowForm<NodeId, NodeLog> NodeLogs { get; } = new(
        AggregateTables.NodeLogs,
        log => log.Id,
        NodeLog.ChainOf,
        NodeId.Parse,
        (_, next, version) => new RowChange(
            JsonSerializer.Serialize(NodeLogRow.Of(next, version), RowJson.Default.NodeLogRow), false, false, false, false),
        json => JsonSerializer.Deserialize(json, RowJson.Default.NodeLogRow)!.ToLog());

    private static RowChange Change(KeyRing? old, KeyRing next, long version)
    {
        var row = RingRow.Between(old, next, version);
        return new RowChange(
            JsonSerializer.Serialize(row, RowJson.Default.RingRow),
            row.Keys.Removed.Count > 0,
            row.Keys.Set.Count > 0,
            row.Receipts.Removed.Count > 0,
            row.Receipts.Set.Count > 0);
    }

    private static RowChange Change(Organization? old, Organization next, long version)
    {
        var row = OrganizationRow.Between(old, next, version);
        return new RowChange(
            JsonSerializer.Serialize(row, RowJson.Default.OrganizationRow),
            row.ApiKeys.Removed.Count > 0,
            row.ApiKeys.Set.Count > 0,
            row.Receipts.Removed.Count > 0,
            row.Receipts.Set.Count > 0);
    }
}
