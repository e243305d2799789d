namespace Tumbler.Contracts.Keys;

/// <summary>How a single private key leaves or enters, always encrypted under a password.</summary>
public enum KeyFormat
{
    /// <summary>PEM <c>ENCRYPTED PRIVATE KEY</c> (RFC 5958, RFC 7468).</summary>
    Pkcs8,

    /// <summary>A PFX (RFC 7292) in base64.</summary>
    Pkcs12,
}
