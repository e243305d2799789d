using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Limits;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.ApiKeys;

/// <summary>Says whose API key was presented. Every refusal is the same one, and everything that has the form of a key
/// is hashed, so that neither the answer nor its time tells which organisations and keys exist. The audit log tells:
/// each refusal is one event, whatever the reason, and costs the same.</summary>
public sealed class ApiKeyAuthenticator(
    OrganizationSnapshots organizations, ApiKeyHasher hasher, ApiKeyUses uses, SecurityEvents events, FailedAttempts attempts)
{
    /// <summary>Null when it is not accepted now. Waits only for an organisation's first use, and not for somebody from whose address
    /// too much has failed: made-up organisations would make a queue before the store.</summary>
    public async ValueTask<AuthenticatedKey?> Authenticate(string? presented, Presentation where)
    {
        if (!ApiKeyText.TryParse(presented, out var text))
            return Refuse(where.Event(SecurityReason.MalformedKey));

        var hash = hasher.Hash(text);
        var organization = attempts.IsOver(where.Origin.Source) ? organizations.FindHeld(text.Org) : await organizations.Find(text.Org);
        return Match(organization, text.Org, hash, where);
    }

    private AuthenticatedKey? Match(OrganizationSnapshot? organization, OrgSlug org, ApiKeyHash hash, Presentation where)
    {
        if (organization?.Match(hash) is not { } key)
            return Refuse(where.Event(SecurityReason.UnknownKey));
        var found = new AuthenticatedKey(org, key);
        if (organization.WhyNot(key, where.At) is { } reason)
            return Refuse(where.Event(reason, found));
        uses.Used(key.Id, where.At);
        return found;
    }

    private AuthenticatedKey? Refuse(SecurityEvent refused)
    {
        events.Record(refused);
        return null;
    }
}
