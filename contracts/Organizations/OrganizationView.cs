namespace Tumbler.Contracts.Organizations;

public sealed record OrganizationView(
    OrgSlug Slug,
    string Name,
    string Email,
    OrganizationStatus Status,
    int ApiKeys,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
