namespace Tumbler.Api.Credentials;

/// <summary>Who may use a route.</summary>
internal enum Access
{
    Anyone,

    /// <summary>An administrator.</summary>
    Admin,

    /// <summary>An administrator, or the organisation in the route with a key of its own.</summary>
    AdminOrOwnOrg,
}
