using System.Security.Cryptography;

namespace Tumbler.Core.Tokens;

/// <summary>Handles of one key. A handle serves one thread at a time: .NET promises nothing about sharing one, and
/// OpenSSL would make the threads wait for its blinding lock. Taking and returning are lock-free.</summary>
internal sealed class HandlePool : IDisposable
{
    // More threads than this at work with one key at the same moment cost an import each, nothing else.
    private static readonly int Size = Math.Max(8, 2 * Environment.ProcessorCount);

    private readonly AsymmetricAlgorithm?[] slots = new AsymmetricAlgorithm?[Size];
    private readonly Lock importing = new();
    private readonly Func<AsymmetricAlgorithm> import;
    private volatile bool disposed;

    /// <param name="first">The first handle, already made; the pool owns it.</param>
    /// <param name="import">Makes another handle; never called any more once <see cref="Dispose"/> has returned.</param>
    public HandlePool(AsymmetricAlgorithm first, Func<AsymmetricAlgorithm> import) => (slots[0], this.import) = (first, import);

    /// <summary>A handle until the lease is disposed.</summary>
    public Lease Take() => new(this, TakeHandle());

    /// <summary>What is at work finishes; what comes later gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        lock (importing)
            disposed = true;

        Drain();
    }

    private AsymmetricAlgorithm TakeHandle()
    {
        ObjectDisposedException.ThrowIf(disposed, this);

        // Each thread begins at its own slot, so it usually gets the handle it used before.
        var start = Environment.CurrentManagedThreadId;
        for (var i = 0; i < slots.Length; i++)
        {
            ref var slot = ref slots[(start + i) % slots.Length];
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } handle)
                return handle;
        }

        lock (importing)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return import();
        }
    }

    private void Return(AsymmetricAlgorithm handle)
    {
        var start = Environment.CurrentManagedThreadId;
        for (var i = 0; i < slots.Length; i++)
        {
            ref var slot = ref slots[(start + i) % slots.Length];
            if (slot is not null || Interlocked.CompareExchange(ref slot, handle, null) is not null)
                continue;

            // Disposed meanwhile: either Dispose finds the handle in its slot, or it is found here.
            if (disposed)
                Drain();
            return;
        }

        handle.Dispose();
    }

    private void Drain()
    {
        for (var i = 0; i < slots.Length; i++)
            Interlocked.Exchange(ref slots[i], null)?.Dispose();
    }

    public readonly ref struct Lease(HandlePool pool, AsymmetricAlgorithm handle)
    {
        public AsymmetricAlgorithm Handle => handle;

        public void Dispose() => pool.Return(handle);
    }
}
