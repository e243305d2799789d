using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

/// <summary>What an <see cref="AuditQuery"/> means.</summary>
public static class AuditFilter
{
    public static bool Matches(AuditQuery query, AuditEntry entry) =>
        (query.Org is not { } org || entry.Org == org.Value)
        && (query.Action is not { } action || entry.Action == action)
        && (query.ResourceType is not { } type || entry.ResourceType == type)
        && (query.ResourceId is not { } id || entry.ResourceId == id)
        && (query.Actor is not { } actor || entry.Actor.Id == actor)
        && (query.Status is not { } status || entry.Status == status)
        && (query.From is not { } from || entry.Time >= from)
        && (query.Until is not { } until || entry.Time < until);
}
