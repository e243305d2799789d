namespace Tumbler.Contracts.Keys;

/// <summary>Why a key begins to sign when it does. Only <see cref="Scheduled"/> and <see cref="Graceful"/> keys
/// were published long enough before for every caching verifier to know them.</summary>
public enum KeyOrigin
{
    /// <summary>One of the ring's first keys: there was nobody to tell before.</summary>
    Bootstrap,

    /// <summary>Prepared one lead ahead, by the clock.</summary>
    Scheduled,

    /// <summary>Brought forward by hand to the earliest instant every verifier knows it.</summary>
    Graceful,

    /// <summary>Made to sign at once by hand, by a taint or by a revocation.</summary>
    Immediate,

    /// <summary>Prepared too late to wait out the lead. An alarm.</summary>
    Hurried,

    /// <summary>Brought in from elsewhere, to sign at once or to verify only.</summary>
    Imported,
}
