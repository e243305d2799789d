namespace Tumbler.Core.Limits;

/// <summary>One silo's part in a quota's window.</summary>
/// <param name="Leased">Beyond what it was known to have spent when it last spoke.</param>
/// <param name="At">When it last spoke.</param>
/// <param name="WrittenOff">It was asked for what it does not use, and gave no answer.</param>
internal readonly record struct LedgerAccount(long Turn, int Spent, int Leased, TimeSpan At, bool WrittenOff)
{
    public int Used => Spent + Leased;

    /// <summary>Some of it may come back.</summary>
    public bool IsOutstanding => Leased > 0 && !WrittenOff;
}
