using System.Collections.Immutable;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Keys;

/// <summary>What a save has done to a ring's keys.</summary>
/// <param name="Made">Why each new key that can sign signs when it does.</param>
/// <param name="Deactivated">How many keys can sign no more: their private halves are gone.</param>
public sealed record RingDifference(ImmutableArray<KeyOrigin> Made, int Deactivated)
{
    public static RingDifference Between(KeyRing? before, KeyRing after)
    {
        var last = before?.LastOrdinal ?? 0;
        var could = before?.Keys.Where(key => key.MaySign).Select(key => key.Kid) ?? [];
        return new RingDifference(
            [.. after.Keys.Where(key => key.Ordinal > last && key.MaySign).Select(key => key.Origin)],
            could.Except(after.Keys.Where(key => key.MaySign).Select(key => key.Kid)).Count());
    }
}
