namespace Tumbler.Engine.Protection;

/// <summary>Why a stored private key can't be used.</summary>
public enum KeyFault
{
    /// <summary>It is encrypted for certificates that this node has no private key of. Another node may have one.</summary>
    NoCertificate,

    /// <summary>It is encrypted for this node, and what comes out is no key: somebody or something changed it.</summary>
    Damaged,

    /// <summary>It opens as a key, but not as the one whose public half is published.</summary>
    AnotherKey,
}
