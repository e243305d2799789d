using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Administrators;
using Tumbler.Core.Clients;

namespace Tumbler.Core.Organizations;

/// <summary>What may happen to an organisation's registered clients.</summary>
public static class ClientDecisions
{
    /// <param name="id">Not used before: the caller draws it at random.</param>
    /// <param name="byOwner">See <see cref="AdminScopes"/>.</param>
    public static Result<Decision<Organization, RegisteredClient>> Create(
        Organization? state, OrgSlug org, PutClient request, ClientId id, KeyAddresses addresses, DateTimeOffset now, bool byOwner = false)
    {
        if (state is null or { Deleted: true })
            return OrganizationDecisions.NotFound(org);

        var check = new InputCheck();
        var client = ClientRules.Read(check, request, id, createdAt: now, now, addresses);
        if (check.Failed)
            return check.Refusal;
        if (!byOwner && AdminScopes.WhyNotGranted("scopes", client.Scopes) is { } notGranted)
            return notGranted;
        if (state.Clients.Count >= Organization.MaxClients)
            return new Refusal(ErrorCode.Conflict, $"An organization has at most {Organization.MaxClients} clients.");

        return new Decision<Organization, RegisteredClient>(state.With(client), [ClientAudit.Created(client)], client);
    }

    /// <summary>With what it has already nothing changes.</summary>
    public static Result<Decision<Organization, RegisteredClient>> Replace(
        Organization? state, OrgSlug org, ClientId id, PutClient request, KeyAddresses addresses, DateTimeOffset now, bool byOwner = false)
    {
        if (!Find(state, org, id).TryGet(out var found, out var refusal))
            return refusal;

        var (organization, client) = found;
        if (!byOwner && AdminScopes.AnyOf(client.Scopes))
            return AdminScopes.OwnersAlone($"The client '{id}' is an administrator; only an owner may change it.");

        var check = new InputCheck();
        var next = ClientRules.Read(check, request, id, client.CreatedAt, now, addresses);
        if (check.Failed)
            return check.Refusal;
        if (!byOwner && AdminScopes.WhyNotGranted("scopes", next.Scopes) is { } notGranted)
            return notGranted;
        return next with { UpdatedAt = client.UpdatedAt } == client
            ? new Decision<Organization, RegisteredClient>(organization, [], client)
            : new Decision<Organization, RegisteredClient>(organization.With(next), [ClientAudit.Replaced(client, next)], next);
    }

    /// <summary>For good: its id is random and comes to no other.</summary>
    public static Result<Decision<Organization, RegisteredClient>> Delete(Organization? state, OrgSlug org, ClientId id, DateTimeOffset now)
    {
        if (!Find(state, org, id).TryGet(out var found, out var refusal))
            return refusal;
        var (organization, client) = found;
        return new Decision<Organization, RegisteredClient>(organization.Without(client) with { UpdatedAt = now }, [ClientAudit.Deleted(client)], client);
    }

    public static Result<(Organization Organization, RegisteredClient Client)> Find(Organization? state, OrgSlug org, ClientId id)
    {
        if (state is null or { Deleted: true })
            return OrganizationDecisions.NotFound(org);
        return state.Clients.TryGetValue(id, out var client) ? (state, client) : Refusal.NotFound("client", id.ToString());
    }
}
