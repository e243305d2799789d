namespace Tumbler.Contracts.Protection;

/// <summary>What a key-encryption certificate is for on this node.</summary>
public enum CertificateRole
{
    /// <summary>New private keys are encrypted for it, and it opens them.</summary>
    Current,

    /// <summary>It opens what was encrypted for it before.</summary>
    Decrypts,

    /// <summary>New private keys are encrypted for it too; its own private key is somewhere else.</summary>
    RecipientOnly,
}
