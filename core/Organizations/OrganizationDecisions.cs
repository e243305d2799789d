using System.Collections.Immutable;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;
using Tumbler.Core.Privacy;

namespace Tumbler.Core.Organizations;

/// <summary>What may happen to an organisation.</summary>
public static class OrganizationDecisions
{
    /// <param name="state">What is stored under the requested slug; a deleted organisation still holds its slug.</param>
    public static Result<Decision<Organization, OrganizationView>> Create(
        Organization? state, CreateOrganization request, DateTimeOffset now)
    {
        var check = new InputCheck();
        var slug = check.Slug("slug", request.Slug);
        var name = check.Name("name", request.Name);
        var email = check.Email("email", request.Email);
        if (check.Failed)
            return check.Refusal;
        if (state is not null)
            return new Refusal(ErrorCode.AlreadyExists, $"The slug '{slug}' is taken.");

        var created = new Organization(
            OrgSlug.Parse(slug), name, email, OrganizationStatus.Active, Deleted: false, now, now,
            ImmutableDictionary<ApiKeyId, ApiKey>.Empty, AuditHead.Empty, Receipts: []);
        return Decided(created, now, Draft(created, AuditAction.Create, Details(null, created)));
    }

    public static Result<Decision<Organization, OrganizationView>> Update(
        Organization? state, OrgSlug org, UpdateOrganization request, DateTimeOffset now)
    {
        if (state is null or { Deleted: true })
            return NotFound(org);

        var check = new InputCheck();
        var updated = state with
        {
            Name = request.Name is null ? state.Name : check.Name("name", request.Name),
            Email = request.Email is null ? state.Email : check.Email("email", request.Email),
            Status = check.OneOf<OrganizationStatus>("status", request.Status) ?? state.Status,
        };
        if (check.Failed)
            return check.Refusal;
        if (updated == state)
            return Decided(state, now);

        updated = updated with { UpdatedAt = now };
        return Decided(updated, now, Draft(updated, AuditAction.Update, Details(state, updated)));
    }

    /// <summary>Changes nothing and leaves an entry: who took a copy of its chain.</summary>
    public static Result<Decision<Organization, AuditExport>> Export(Organization? state, OrgSlug org, AuditExport export) =>
        state is null
            ? NotFound(org)
            : new Decision<Organization, AuditExport>(
                state,
                [Draft(state, AuditAction.Execute, new Dictionary<string, string> { ["command"] = "export_audit_log", ["export"] = export.Id.ToString() })],
                export);

    /// <summary>Ends it, revokes its live keys and deletes its clients.</summary>
    public static Result<Decision<Organization, OrganizationView>> Delete(Organization? state, OrgSlug org, DateTimeOffset now)
    {
        if (state is null or { Deleted: true })
            return NotFound(org);

        var ended = state with { Deleted = true, UpdatedAt = now };
        var audit = new List<AuditDraft> { Draft(ended, AuditAction.Delete, ImmutableDictionary<string, string>.Empty) };
        foreach (var key in state.LiveApiKeys(now))
        {
            var revoked = key.RevokedNow(now);
            ended = ended.With(revoked);
            audit.Add(ApiKeyAudit.Revoked(org, revoked));
        }

        foreach (var client in state.Clients.Values)
        {
            ended = ended.Without(client);
            audit.Add(ClientAudit.Deleted(client));
        }

        return Decided(ended, now, [.. audit]);
    }

    internal static Refusal NotFound(OrgSlug org) => Refusal.NotFound("organization", org.Value);

    private static Decision<Organization, OrganizationView> Decided(
        Organization next, DateTimeOffset now, params AuditDraft[] audit) => new(next, audit, next.View(now));

    private static AuditDraft Draft(Organization org, AuditAction action, IReadOnlyDictionary<string, string> details) =>
        new(org.Slug, action, AuditResource.Organization, org.Slug.Value, AuditStatus.Success, details);

    /// <summary>What became different, as it is now.</summary>
    private static Dictionary<string, string> Details(Organization? before, Organization after)
    {
        var details = new Dictionary<string, string>();
        if (after.Name != before?.Name)
            details["name"] = after.Name;
        if (after.Email != before?.Email)
            details["email"] = Redaction.Email(after.Email);
        if (after.Status != before?.Status)
            details["status"] = Names.SnakeCase(after.Status);
        return details;
    }
}
