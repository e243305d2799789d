using System.Collections.Immutable;

namespace Tumbler.Core.Idempotency;

/// <summary>How long and how many receipts an aggregate keeps.</summary>
public static class Receipts
{
    /// <summary>Longer than any client repeats itself; what comes later is a new request.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>For the second attempt within one request. A receipt that nobody will ask for is gone before it could crowd out
    /// another.</summary>
    public static readonly TimeSpan KeptBriefly = TimeSpan.FromMinutes(1);

    /// <summary>Bounds an aggregate's size under a caller that never stops.</summary>
    public const int Max = 100;

    public static Receipt? Find(ImmutableArray<Receipt> receipts, string keyHash, DateTimeOffset now) =>
        receipts.FirstOrDefault(receipt => receipt.KeyHash == keyHash && Holds(receipt, now));

    /// <summary>With the new one, without those that no longer hold, and without the oldest of too many.</summary>
    public static ImmutableArray<Receipt> Add(ImmutableArray<Receipt> receipts, Receipt receipt, DateTimeOffset now) =>
        [.. receipts.Where(kept => Holds(kept, now)).Append(receipt).TakeLast(Max)];

    private static bool Holds(Receipt receipt, DateTimeOffset now) => now < receipt.At + Kept;
}
