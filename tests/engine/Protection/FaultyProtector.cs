using Tumbler.Core.Keys;
using Tumbler.Engine.Protection;

namespace Tumbler.Engine.Tests.Protection;

/// <summary>The real protector, whose blobs go through <see cref="OnTheWay"/> before anybody sees them.</summary>
internal sealed class FaultyProtector(IKeyProtector protector) : IKeyProtector
{
    private int opened;

    public Func<ProtectedKey, ProtectedKey> OnTheWay { get; set; } = key => key;

    /// <summary>Runs before each blob is opened.</summary>
    public Action BeforeOpening { get; set; } = () => { };

    public int Opened => opened;

    public IReadOnlyList<KeyCertificate> Certificates => protector.Certificates;

    public ProtectedKey Protect(ReadOnlySpan<byte> pkcs8) => OnTheWay(protector.Protect(pkcs8));

    public byte[] Unprotect(ProtectedKey key)
    {
        BeforeOpening();
        Interlocked.Increment(ref opened);
        return protector.Unprotect(key);
    }

    public KeyReaders ReadersOf(ProtectedKey key) => protector.ReadersOf(key);
}
