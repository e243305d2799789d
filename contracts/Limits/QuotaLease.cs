namespace Tumbler.Contracts.Limits;

/// <summary>Tokens that a silo may spend by itself until the window is over. Times are durations: silos' clocks need not agree.</summary>
/// <param name="Window">The owner's number of the window.</param>
/// <param name="Rest">How long the window still is.</param>
/// <param name="Charged">What the owner has counted as spent by this silo in this window before the lease.</param>
/// <param name="Granted">May be none.</param>
/// <param name="Remaining">What the owner has left after it.</param>
/// <param name="Pause">Asking again is of no use before: all of the window's rest when the quota is exhausted.</param>
public sealed record QuotaLease(long Window, TimeSpan Rest, int Charged, int Granted, int Remaining, TimeSpan Pause);
