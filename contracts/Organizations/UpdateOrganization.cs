namespace Tumbler.Contracts.Organizations;

/// <summary>Changes what is given and keeps the rest.</summary>
/// <param name="Status"><c>active</c> or <c>suspended</c></param>
public sealed record UpdateOrganization(string? Name = null, string? Email = null, string? Status = null);
