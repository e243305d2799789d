using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Cli.Organizations;

/// <summary>An organisation, whole.</summary>
internal static class OrgFacts
{
    public static void Draw(Terminal terminal, OrganizationView org) => terminal.Facts(
        ("slug", org.Slug.Value),
        ("name", org.Name),
        ("email", org.Email),
        ("status", StatusOf(org)),
        ("api keys", org.ApiKeys),
        ("created at", org.CreatedAt),
        ("updated at", org.UpdatedAt));

    public static Cell StatusOf(OrganizationView org) => Cell.Of(org.Status, org.Status == OrganizationStatus.Active ? null : Cell.Warning);
}
