namespace Tumbler.Api.Credentials;

/// <summary>Who may use a route.</summary>
internal enum Access
{
    Anyone,

    /// <summary>An OAuth client, which the route authenticates itself as its RFC says, or an administrator.</summary>
    Client,

    /// <summary>An administrator.</summary>
    Admin,

    /// <summary>The same for pages that a browser loads by itself: it may send the admin key as a password (RFC 7617).</summary>
    AdminInBrowser,

    /// <summary>An administrator who owns the installation: what this reaches is outside its protection. Today that is whoever
    /// has the admin key.</summary>
    Owner,

    /// <summary>An administrator, or the organisation in the route with a key of its own.</summary>
    AdminOrOwnOrg,
}
