using System.Globalization;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;

namespace Tumbler.Core.Audit;

/// <summary>What the audit log says about requests that were turned away.</summary>
internal static class SecurityAudit
{
    public static AuditDraft TurnedAway(SecurityTally tally)
    {
        var happened = tally.First;
        var details = new Dictionary<string, string>
        {
            ["reason"] = Names.SnakeCase(happened.Reason),
            ["route"] = happened.Origin.Route,
            ["count"] = Text(tally.Count),
        };
        if (tally.Count > 1)
            details["last_at"] = AuditForm.Time(tally.LastAt);
        if (happened.ClientId is { } clientId)
            details["client_id"] = clientId.ToString();
        if (happened.Client is { } client)
            details["client_id"] = client.ToString();
        if (happened.ClientAddress is { } address && InputRules.IsAddress(address))
            details["client_address"] = address;

        return new(happened.Org, AuditAction.Execute, AuditResource.Credential, Credential(happened), AuditStatus.Failure, details)
        {
            Cause = new CallContext(ActorOf(happened), happened.Origin.RequestId, happened.Origin.Source),
            At = happened.At,
        };
    }

    /// <summary>Says that something is missing, and how much.</summary>
    public static AuditDraft Dropped(SecurityBatch batch)
    {
        var details = batch.Dropped.ToDictionary(dropped => Names.SnakeCase(dropped.Key), dropped => Text(dropped.Value));
        details["reason"] = "too_many";
        details["count"] = Text(batch.DroppedCount);
        return new(null, AuditAction.Execute, AuditResource.Credential, "-", AuditStatus.Failure, details);
    }

    private static Actor ActorOf(SecurityEvent happened) =>
        happened.Key is { } key ? new Actor(ActorType.ApiKey, key.ToString())
        : happened is { Client: { } client, Org: not null } ? new Actor(ActorType.Client, client.ToString())
        : Actor.Anonymous;

    /// <summary>Which one was tried, proved or not.</summary>
    private static string Credential(SecurityEvent happened) =>
        (happened.Key ?? happened.ClientId)?.ToString()
        ?? happened.Client?.ToString()
        ?? (happened.Reason == SecurityReason.WrongAdminKey ? Actor.Administrator.Id : "-");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
