namespace Tumbler.Contracts.Organizations;

/// <param name="Slug"><c>^[a-zA-Z0-9_]{3,50}$</c></param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Email">RFC 5321 lengths; stored in lower case.</param>
public sealed record CreateOrganization(string? Slug, string? Name, string? Email);
