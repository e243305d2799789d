using Tumbler.Core.Audit;

namespace Tumbler.Core.Keys;

/// <summary>What a decision about a ring comes to.</summary>
/// <param name="Next">The ring without the keys that are still to be made.</param>
/// <param name="ToMake">Keys to make and add before <paramref name="Next"/> is saved.</param>
/// <param name="Audit">What the log must say; empty when nothing changes.</param>
/// <param name="EffectiveAt">When what was asked for holds: the switch of keys, or a key's end.</param>
public sealed record RingChange(
    KeyRing Next, IReadOnlyList<KeyPlan> ToMake, IReadOnlyList<AuditDraft> Audit, DateTimeOffset EffectiveAt)
{
    /// <summary>Saved even when no new key can be made: no signature at all is better than one that somebody else can make.</summary>
    public bool Urgent { get; init; }

    /// <summary>The same, decided on the outcome of <paramref name="first"/>: the log tells both.</summary>
    public RingChange After(RingChange first) => this with { ToMake = [.. first.ToMake, .. ToMake], Audit = [.. first.Audit, .. Audit] };

    /// <summary>It is as it was asked to be, since or from <paramref name="effectiveAt"/>.</summary>
    public static RingChange None(KeyRing ring, DateTimeOffset effectiveAt) => new(ring, [], [], effectiveAt);
}
