using System.Security.Cryptography;

namespace Tumbler.Client.Keys;

/// <summary>Handles of one public key. A handle is used by one thread at a time, for .NET promises nothing about sharing one and OpenSSL
/// would let threads wait for each other; nobody waits for a handle. Nothing is disposed: a key set goes out of use while threads may still
/// verify with it, and finalizers free what is left.</summary>
internal sealed class HandlePool(Func<AsymmetricAlgorithm> import)
{
    // When more threads than this verify with one key at the same moment, the others import it for themselves.
    private readonly AsymmetricAlgorithm?[] free = new AsymmetricAlgorithm?[Math.Max(16, 4 * Environment.ProcessorCount)];

    public AsymmetricAlgorithm Take()
    {
        for (int i = 0, at = Start(); i < free.Length; i++, at = at + 1 == free.Length ? 0 : at + 1)
        {
            if (Volatile.Read(ref free[at]) is not null && Interlocked.Exchange(ref free[at], null) is { } handle)
                return handle;
        }

        return import();
    }

    public void Return(AsymmetricAlgorithm handle)
    {
        for (int i = 0, at = Start(); i < free.Length; i++, at = at + 1 == free.Length ? 0 : at + 1)
        {
            if (Volatile.Read(ref free[at]) is null && Interlocked.CompareExchange(ref free[at], handle, null) is null)
                return;
        }

        handle.Dispose();
    }

    /// <summary>Where a thread has put its handle it finds it again, and threads keep out of each other's way.</summary>
    private int Start() => (int)((uint)Environment.CurrentManagedThreadId % (uint)free.Length);
}
