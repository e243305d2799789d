using System.Collections.Immutable;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;

namespace Tumbler.Storage.Rows;

internal sealed record AuditRow(
    string Chain,
    long Seq,
    DateTimeOffset Time,
    string? Org,
    ActorType ActorType,
    string ActorId,
    AuditAction Action,
    AuditResource ResourceType,
    string ResourceId,
    AuditStatus Status,
    string RequestId,
    string Source,
    IReadOnlyDictionary<string, string> Details,
    string PrevHash,
    string Hash,
    string Mac)
{
    public static AuditRow Of(AuditEntry entry) => new(
        entry.Chain, entry.Seq, entry.Time, entry.Org, entry.Actor.Type, entry.Actor.Id, entry.Action, entry.ResourceType,
        entry.ResourceId, entry.Status, entry.RequestId, entry.Source, entry.Details, entry.PrevHash, entry.Hash, entry.Mac);

    public AuditEntry ToEntry() => new(
        Chain, Seq, Time, Org, new Actor(ActorType, ActorId), Action, ResourceType, ResourceId, Status, RequestId, Source,
        Details.ToImmutableSortedDictionary(StringComparer.Ordinal), PrevHash, Hash, Mac);
}
