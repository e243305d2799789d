namespace Tumbler.Core.Audit;

/// <summary>Why a request was turned away. The audit log tells apart what the answer does not.</summary>
public enum SecurityReason
{
    /// <summary>No credential where one is needed, or an <c>Authorization</c> header that holds none.</summary>
    NoCredential,

    WrongAdminKey,

    /// <summary>It has not the form of an API key, or its checksum is wrong.</summary>
    MalformedKey,

    /// <summary>It has the form of an API key, and there is none with its hash.</summary>
    UnknownKey,

    RevokedKey,
    ExpiredKey,
    OrganizationSuspended,
    OrganizationDeleted,

    /// <summary>A good API key under a <c>client_id</c> that is not its own.</summary>
    ClientIdMismatch,

    AddressNotAllowed,

    /// <summary>A scope that was not granted was asked for, or something that is no scope.</summary>
    InvalidScope,

    /// <summary>A resource that was not granted was asked for, or something that is no resource.</summary>
    InvalidTarget,

    /// <summary>A good API key was presented to a service that needs scopes it lacks.</summary>
    InsufficientScope,

    /// <summary>A good credential on a route that its rights do not reach.</summary>
    Forbidden,

    /// <summary>A good shared key at a service that takes tokens only.</summary>
    SharedKeyRefused,
}
