using System.Security.Cryptography;
using Tumbler.Core.Keys;

namespace Tumbler.Engine.Protection;

/// <summary>Keeps private keys unreadable in the store.</summary>
public interface IKeyProtector
{
    ProtectedKey Protect(ReadOnlySpan<byte> pkcs8);

    /// <summary>The PKCS#8 bytes; the caller zeroes them.</summary>
    /// <exception cref="CryptographicException">The blob is damaged or meant for nobody here.</exception>
    byte[] Unprotect(ProtectedKey key);
}
