namespace Tumbler.Api.Credentials;

/// <summary>Who may use a route; <see cref="Caller.May"/> decides.</summary>
internal enum Access
{
    Anyone,

    /// <summary>An OAuth client, which the route authenticates itself as its RFC says, or an administrator.</summary>
    Client,

    /// <summary>Any administrator: it shows something and changes nothing.</summary>
    AdminRead,

    /// <summary>An operator or an owner.</summary>
    Admin,

    /// <summary>The same for pages that a browser loads by itself: it may send the admin key as a password (RFC 7617).</summary>
    AdminInBrowser,

    /// <summary>An auditor or an owner: takes copies of the audit log out of the installation.</summary>
    Audit,

    /// <summary>An owner: what this reaches is outside the installation's protection.</summary>
    Owner,

    /// <summary>Any administrator, or the organisation in the route with a key or a token of its own.</summary>
    AdminReadOrOwnOrg,

    /// <summary>An operator or an owner, or the organisation in the route with a key of its own. Not with a token: it lives for
    /// minutes and passes through other hands, and must not be turned into a key that lives for years.</summary>
    AdminOrOwnKey,
}
