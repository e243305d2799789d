namespace Tumbler.Contracts.Limits;

/// <summary>How much in how long, over all silos. A window opens with the first use after the one before it.</summary>
public sealed record QuotaRule
{
    public QuotaRule(int limit, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        (Limit, Window) = (limit, window);
    }

    public int Limit { get; }

    public TimeSpan Window { get; }
}
