namespace Tumbler.Cli.Demo.Tokens;

/// <summary>What can be wrong with a token that somebody shows.</summary>
internal enum Forgery
{
    /// <summary>Claims changed under a good signature.</summary>
    ChangedClaims,

    /// <summary>Signed by another key, in the name of the published one.</summary>
    ForeignSignature,

    /// <summary>Signed by a key that nobody published.</summary>
    UnknownKey,

    /// <summary>Says that it needs no signature (<c>alg: none</c>).</summary>
    NoSignature,

    /// <summary>Good, for another service.</summary>
    OtherAudience,

    /// <summary>Was good once.</summary>
    Expired,
}
