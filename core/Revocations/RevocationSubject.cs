using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Revocations;

/// <summary>What is withdrawn.</summary>
/// <param name="Id">As tokens spell it.</param>
/// <param name="Ring">Whose tokens it concerns; null: those of all rings.</param>
public readonly record struct RevocationSubject(RevocationKind Kind, string Id, RingId? Ring)
{
    public bool Concerns(RingId ring) => Ring is null || Ring == ring;
}
