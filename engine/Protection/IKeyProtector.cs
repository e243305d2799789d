using Tumbler.Core.Keys;

namespace Tumbler.Engine.Protection;

/// <summary>Keeps private keys unreadable in the store.</summary>
public interface IKeyProtector
{
    /// <summary>The configured certificates, the current one first. They may be replaced while the process runs. What is protected from now on is encrypted for all that
    /// don't merely decrypt.</summary>
    IReadOnlyList<KeyCertificate> Certificates { get; }

    ProtectedKey Protect(ReadOnlySpan<byte> pkcs8);

    /// <summary>The PKCS#8 bytes; the caller zeroes them.</summary>
    /// <exception cref="UnreadableKeyException">The blob is damaged or meant for nobody here.</exception>
    byte[] Unprotect(ProtectedKey key);

    /// <summary>Takes microseconds: nothing is decrypted.</summary>
    /// <exception cref="UnreadableKeyException">The blob is damaged.</exception>
    KeyReaders ReadersOf(ProtectedKey key);
}
