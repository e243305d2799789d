using Tumbler.Core.Audit;

namespace Tumbler.Core.Keys;

/// <summary>What a decision about a ring comes to.</summary>
/// <param name="Next">The ring without the keys that are still to be made.</param>
/// <param name="ToMake">Keys to make and add before <paramref name="Next"/> is saved.</param>
/// <param name="Audit">What the log must say; empty when nothing changes.</param>
public sealed record RingChange(KeyRing Next, IReadOnlyList<KeyPlan> ToMake, IReadOnlyList<AuditDraft> Audit)
{
    public static RingChange None(KeyRing ring) => new(ring, [], []);
}
