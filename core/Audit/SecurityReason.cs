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

    /// <summary>No client is registered under the id that was given, or the id has no form of one.</summary>
    UnknownClient,

    ExpiredClient,

    /// <summary>The client is registered for another way to authenticate.</summary>
    WrongClientMethod,

    /// <summary>No JWT with the claims of RFC 7523 §3, or with an algorithm that is not allowed, to anybody or to this client.</summary>
    MalformedAssertion,

    /// <summary>None of the client's keys verifies it.</summary>
    BadAssertionSignature,

    /// <summary>Its <c>iss</c>, its <c>sub</c> and the client id are not one.</summary>
    WrongAssertionIssuer,

    WrongAssertionAudience,
    ExpiredAssertion,
    AssertionNotYetValid,

    /// <summary>It would be good for longer than an assertion may.</summary>
    LongAssertion,

    /// <summary>Its <c>jti</c> was used before.</summary>
    ReplayedAssertion,

    /// <summary>The client's <c>jwks_uri</c> did not lead to its keys.</summary>
    ClientKeysUnavailable,

    /// <summary>The client authenticates by certificate, or its tokens are bound to one, and it showed none.</summary>
    NoCertificate,

    /// <summary>Not signed by a trusted authority, not for clients, or not valid now.</summary>
    UntrustedCertificate,

    /// <summary>A certificate that may be good, but is not this client's.</summary>
    ForeignCertificate,

    AddressNotAllowed,

    /// <summary>A scope that was not granted was asked for, or something that is no scope.</summary>
    InvalidScope,

    /// <summary>A resource that was not granted was asked for, or something that is no resource.</summary>
    InvalidTarget,

    /// <summary>A good API key was presented to a service that needs scopes it lacks.</summary>
    InsufficientScope,

    /// <summary>A good credential on a route that its rights do not reach.</summary>
    Forbidden,

    /// <summary>No access token of this installation, or one that is not good yet.</summary>
    InvalidToken,

    ExpiredToken,

    RevokedToken,

    /// <summary>A good token that is meant for somebody else.</summary>
    WrongAudience,

    /// <summary>A client's certificate whose subject is not on the list.</summary>
    SubjectNotAllowed,

    /// <summary>More requests than the limit of the route, the API key, or of failures from one address lets through.</summary>
    RateLimited,

    WrongMetricsToken,

    /// <summary>A good shared key at a service that takes tokens only.</summary>
    SharedKeyRefused,
}
