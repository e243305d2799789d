using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>One saved state of a ring, ready to answer. Immutable but for the moment it shows, which anyone may compute
/// anew at any time and always alike: the switch of keys needs neither message nor lock.</summary>
public sealed class RingSnapshot : ISnapshot, IDisposable
{
    private readonly Stored<KeyRing> stored;
    private readonly SignerShelf signers;
    private readonly string issuer;
    private readonly PublishedDocument discovery;
    private volatile RingMoment moment;

    public RingSnapshot(Stored<KeyRing> stored, SignerShelf signers, string issuer, DateTimeOffset now)
    {
        (this.stored, this.signers, this.issuer) = (stored, signers, issuer);
        discovery = PublishedDocument.Of(DiscoveryDocument.Write(issuer, stored.State.Id));
        moment = Compute(now);
    }

    public RingId Id => stored.State.Id;

    public VersionToken Version => stored.Version;

    public string Issuer => issuer;

    public TimeSpan MaxTokenLifetime => stored.State.Policy.MaxTokenLifetime;

    /// <summary>Shared with the snapshots of the same ring that come after this one.</summary>
    internal SignerShelf Signers => signers;

    /// <summary>Destroys the private keys, of all snapshots that share them.</summary>
    public void Dispose() => signers.Dispose();

    public RingMoment At(DateTimeOffset now)
    {
        var current = moment;
        return current.Holds(now) ? current : moment = Compute(now);
    }

    /// <summary>Without making a new moment of it, which is left to whoever uses the ring: many are looked at at once.</summary>
    public RingGlance GlanceAt(DateTimeOffset now)
    {
        var current = moment;
        return current.Holds(now) ? current.Glance : RingGlance.Of(stored.State, now);
    }

    private RingMoment Compute(DateTimeOffset now)
    {
        var ring = stored.State;
        Jwk[] published = [.. ring.PublishedAt(now).Select(key => key.PublicKey)];
        var signer = ring.SignerAt(now) is { } key ? signers.Take(key) : null;
        var documents = new RingDocuments(PublishedDocument.Of(JwkSet.Write(published)), discovery);
        var glance = RingGlance.Of(ring, now) with { Signs = signer is not null };
        return new RingMoment(now, ring.NextChangeAfter(now), signer, documents, published, glance);
    }
}
