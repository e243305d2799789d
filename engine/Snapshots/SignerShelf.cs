using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Keys;

namespace Tumbler.Engine.Snapshots;

/// <summary>The opened private keys of one ring on this node: each is opened once, however many snapshots use it.</summary>
public sealed partial class SignerShelf(KeyForge forge, ILogger<SignerShelf> log)
{
    private readonly ConcurrentDictionary<Kid, Signer> signers = [];

    /// <summary>Null when the stored private key can't be opened: damaged, swapped, or without its certificate here.</summary>
    public Signer? Take(SigningKey key)
    {
        if (signers.TryGetValue(key.Kid, out var ready))
            return ready;
        try
        {
            return signers.GetOrAdd(key.Kid, new Signer(key, forge.Open(key.PrivateKey!, key.PublicKey)));
        }
        catch (CryptographicException failure)
        {
            LogUnreadable(key.Kid, failure.Message);
            return null;
        }
    }

    /// <summary>Opens what will sign next, so that no request waits for it, and lets go of what never signs again.
    /// A request that still signs with a key that was let go finishes: the collector frees the key after it.</summary>
    public void Arrange(KeyRing ring)
    {
        var wanted = ring.Keys.Where(key => key.MaySign).ToDictionary(key => key.Kid);
        foreach (var kid in signers.Keys.Where(kid => !wanted.ContainsKey(kid)))
            signers.TryRemove(kid, out _);
        foreach (var key in wanted.Values)
        {
            // The instants of an upcoming key may have moved.
            if (signers.TryGetValue(key.Kid, out var ready) && ready.ExpiresAt != key.ExpiresAt)
                signers.TryRemove(key.Kid, out _);
            Take(key);
        }
    }

    [LoggerMessage(LogLevel.Critical, "The private key of {Kid} can't be opened: {Problem} It does not sign on this node.")]
    private partial void LogUnreadable(Kid kid, string problem);
}
