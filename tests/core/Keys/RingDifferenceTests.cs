using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using static Tumbler.Core.Tests.Keys.Rings;

namespace Tumbler.Core.Tests.Keys;

public sealed class RingDifferenceTests
{
    [Fact]
    public void A_new_ring_has_made_its_first_two_keys()
    {
        var difference = RingDifference.Between(null, New());

        Assert.Equal([KeyOrigin.Bootstrap, KeyOrigin.Scheduled], difference.Made);
        Assert.Equal(0, difference.Deactivated);
    }

    [Fact]
    public void A_late_tick_makes_a_hurried_key_and_ends_the_one_that_signed_before()
    {
        var before = New();
        var difference = RingDifference.Between(before, before.Ticked(At(40)));

        Assert.Equal([KeyOrigin.Hurried], difference.Made);
        Assert.Equal(1, difference.Deactivated);
    }

    [Fact]
    public void Nothing_is_made_and_ended_where_nothing_has_changed() =>
        Assert.Equal((0, 0), RingDifference.Between(New(), New()) is var none ? (none.Made.Length, none.Deactivated) : default);
}
