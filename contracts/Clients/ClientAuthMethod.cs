namespace Tumbler.Contracts.Clients;

/// <summary>How a registered client proves who it is. In snake_case these are the names that RFC 7523 and RFC 8705 registered.</summary>
public enum ClientAuthMethod
{
    /// <summary>An assertion that it has signed (RFC 7523 §2.2).</summary>
    PrivateKeyJwt,

    /// <summary>A certificate of a trusted authority with a registered name in it (RFC 8705 §2.1).</summary>
    TlsClientAuth,

    /// <summary>A certificate of its own whose key is registered (RFC 8705 §2.2).</summary>
    SelfSignedTlsClientAuth,
}
