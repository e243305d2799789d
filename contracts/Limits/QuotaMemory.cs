namespace Tumbler.Contracts.Limits;

/// <summary>What a silo knows of a quota's window: with what all of them know a new owner goes on where a lost one was.</summary>
/// <param name="Rest">How long the window still is; the owner's own was no shorter.</param>
/// <param name="Remaining">What the owner had left when this silo last heard of it.</param>
/// <param name="Leased">What of the rest was this silo's then, spent or not.</param>
/// <param name="Account">Null where nothing is said of a silo's use, only of the window.</param>
public sealed record QuotaMemory(long Window, TimeSpan Rest, int Remaining, int Leased, QuotaAccount? Account);
