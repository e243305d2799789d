namespace Tumbler.Cli.Drawing;

/// <summary>What a piece of a drawing means; how it looks is decided where it is printed.</summary>
internal enum StrokeKind
{
    Blank,
    Label,
    Axis,
    Now,

    /// <summary>In the JWKS, not signing yet.</summary>
    Published,

    Signing,

    /// <summary>Verifies still.</summary>
    Retired,

    /// <summary>The end of a key by hand.</summary>
    Revoked,
}
