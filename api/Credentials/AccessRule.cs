namespace Tumbler.Api.Credentials;

/// <summary>A route's access, as endpoint metadata.</summary>
internal sealed record AccessRule(Access Access);
