namespace Tumbler.Contracts.Limits;

/// <summary>How a quota stands after a use of it.</summary>
/// <param name="Remaining">As far as it is known where it was used.</param>
/// <param name="Reset">Seconds until its window is over.</param>
public sealed record QuotaState(int Limit, int Remaining, int Reset);
