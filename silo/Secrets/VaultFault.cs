namespace Tumbler.Silo.Secrets;

/// <summary>Why Vault did not do what it was asked.</summary>
internal enum VaultFault
{
    None,

    /// <summary>No answer, or one that says to come again: sealed, starting, overloaded, a standby.</summary>
    Away,

    /// <summary>The token is not good, or not good for this.</summary>
    Denied,

    NotFound,

    /// <summary>An answer that asking again will not change.</summary>
    Refused,
}
