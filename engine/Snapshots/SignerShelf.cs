using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Protection;

namespace Tumbler.Engine.Snapshots;

/// <summary>The opened private keys of one ring on this node: each is opened once, however many snapshots use it.</summary>
public sealed partial class SignerShelf(KeyForge forge, ILogger<SignerShelf> log) : IDisposable
{
    private readonly ConcurrentDictionary<Kid, PrivateKey> opened = [];
    private readonly ConcurrentDictionary<Kid, KeyFault> faults = [];

    /// <summary>Something of the ring's is broken for every node alike.</summary>
    public bool HasDamage => faults.Values.Any(fault => fault != KeyFault.NoCertificate);

    /// <summary>Null when the stored private key can't be opened: damaged, swapped, or without its certificate here.
    /// When it ends is as <paramref name="key"/> says: an upcoming key's instants may move, its private half stays.</summary>
    public Signer? Take(SigningKey key)
    {
        try
        {
            var signer = new Signer(key, opened.GetOrAdd(key.Kid, _ => forge.Open(key.PrivateKey!, key.PublicKey)));
            faults.TryRemove(key.Kid, out _);
            return signer;
        }
        catch (UnreadableKeyException failure)
        {
            faults[key.Kid] = failure.Fault;
            LogUnreadable(key.Kid, failure.Message);
            return null;
        }
    }

    /// <summary>Opens what will sign next, so that no request waits for it, and lets go of what never signs again.
    /// A request that still signs with a key that was let go finishes: the collector frees the key after it.</summary>
    public void Arrange(KeyRing ring)
    {
        var wanted = ring.Keys.Where(key => key.MaySign).ToArray();
        foreach (var kid in opened.Keys.Except(wanted.Select(key => key.Kid)))
            opened.TryRemove(kid, out _);
        foreach (var kid in faults.Keys.Except(wanted.Select(key => key.Kid)))
            faults.TryRemove(kid, out _);
        foreach (var key in wanted)
            Take(key);
    }

    /// <summary>Destroys the keys, at once and not when the collector comes by: their memory is not the collector's, and what is
    /// secret is overwritten. Whoever signs at this moment finishes, and nobody signs with them any more.</summary>
    public void Dispose()
    {
        foreach (var kid in opened.Keys)
        {
            if (opened.TryRemove(kid, out var key))
                key.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Critical, "The stored private key of {Kid} can't be used: {Problem} It does not sign on this node.")]
    private partial void LogUnreadable(Kid kid, string problem);
}
