namespace Tumbler.Api.Credentials;

/// <summary>A route's access, as endpoint metadata.</summary>
/// <param name="Route">Its methods and pattern, as in <see cref="RouteAccess"/>.</param>
internal sealed record AccessRule(string Route, Access Access);
