using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Engine.Snapshots;

/// <summary>What a ring does from one instant of change to the next.</summary>
/// <param name="from">Holds from this instant on,</param>
/// <param name="until">and before this one.</param>
/// <param name="published">The public keys of its JWKS, in that order.</param>
/// <param name="glance">The same at any of these instants.</param>
public sealed class RingMoment(
    DateTimeOffset from, DateTimeOffset until, Signer? signer, RingDocuments documents, IReadOnlyList<Jwk> published, RingGlance glance)
{
    private VerificationKey[]? verifiers;

    /// <summary>Null when no key may sign, or the one that may can't be opened.</summary>
    public Signer? Signer => signer;

    public RingDocuments Documents => documents;

    /// <summary>What verifies the ring's tokens. Made for who asks first: most rings' tokens are verified elsewhere.</summary>
    public IReadOnlyList<VerificationKey> Verifiers => verifiers ??= [.. published.Select(jwk => jwk.Import())];

    public RingGlance Glance => glance;

    public bool Holds(DateTimeOffset now) => from <= now && now < until;
}
