namespace Tumbler.Contracts.Keys;

/// <summary>What a key is at one instant; derived, never stored.</summary>
public enum KeyState
{
    /// <summary>Made, but not in the JWKS yet.</summary>
    Prepared,

    /// <summary>In the JWKS, not signing yet.</summary>
    Published,

    /// <summary>The ring's signing key.</summary>
    Signing,

    /// <summary>No longer signs; still verifies.</summary>
    Retired,

    /// <summary>Gone from the JWKS by the clock.</summary>
    Expired,

    /// <summary>Gone from the JWKS by hand; its signatures are refused.</summary>
    Revoked,
}
