namespace Tumbler.Engine.Snapshots;

/// <summary>What a ring does from one instant of change to the next.</summary>
/// <param name="From">Holds from this instant on,</param>
/// <param name="Until">and before this one.</param>
/// <param name="Signer">Null when no key may sign, or the one that may can't be opened.</param>
public sealed record RingMoment(DateTimeOffset From, DateTimeOffset Until, Signer? Signer, RingDocuments Documents)
{
    public bool Holds(DateTimeOffset now) => From <= now && now < Until;
}
