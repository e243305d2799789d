using System.Collections.Immutable;
using Tumbler.Core.Idempotency;

namespace Tumbler.Core.Tests.Idempotency;

public class ReceiptsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_receipt_is_found_by_its_key_for_24_hours()
    {
        var receipts = Receipts.Add([], Receipt("a", Now), Now);
        Assert.Equal(Receipt("a", Now), Receipts.Find(receipts, "a", Now));
        Assert.NotNull(Receipts.Find(receipts, "a", Now.AddHours(24).AddTicks(-1)));
        Assert.Null(Receipts.Find(receipts, "a", Now.AddHours(24)));
        Assert.Null(Receipts.Find(receipts, "A", Now));
        Assert.Null(Receipts.Find([], "a", Now));
    }

    [Fact]
    public void A_new_receipt_takes_the_place_of_those_that_no_longer_hold()
    {
        var old = Receipts.Add([], Receipt("old", Now), Now);
        var both = Receipts.Add(old, Receipt("recent", Now.AddHours(1)), Now.AddHours(1));
        var later = Now.AddHours(24);
        Assert.Equal(["recent", "new"], Keys(Receipts.Add(both, Receipt("new", later), later)));
    }

    [Fact]
    public void The_oldest_of_too_many_goes()
    {
        ImmutableArray<Receipt> receipts = [];
        for (var i = 0; i < Receipts.Max + 5; i++)
            receipts = Receipts.Add(receipts, Receipt($"{i}", Now.AddSeconds(i)), Now.AddSeconds(i));
        Assert.Equal(Enumerable.Range(5, Receipts.Max).Select(i => $"{i}"), Keys(receipts));
    }

    [Fact]
    public void A_key_used_again_after_its_time_finds_its_new_receipt()
    {
        var later = Now.AddHours(25);
        var receipts = Receipts.Add(Receipts.Add([], Receipt("a", Now), Now), Receipt("a", later), later);
        Assert.Equal(later, Receipts.Find(receipts, "a", later)!.At);
    }

    private static Receipt Receipt(string key, DateTimeOffset at) => new(key, "request", at, "");

    private static IEnumerable<string> Keys(ImmutableArray<Receipt> receipts) => receipts.Select(receipt => receipt.KeyHash);
}
