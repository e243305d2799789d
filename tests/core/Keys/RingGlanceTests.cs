using Tumbler.Core.Keys;
using static Tumbler.Core.Tests.Keys.Rings;

namespace Tumbler.Core.Tests.Keys;

public sealed class RingGlanceTests
{
    [Fact]
    public void Signing_goes_on_until_the_last_key_of_the_chain_ends()
    {
        // The first signs until hour 24, the second until 48.
        var glance = RingGlance.Of(New(), At(1));

        Assert.Equal((2, true, false, At(48)), (glance.Active, glance.Signs, glance.Hurried, glance.SignsUntil));
        Assert.Equal(TimeSpan.FromHours(47), glance.LeftAt(At(1)));
        Assert.Equal(47.0 / 24, glance.LeadsLeftAt(At(1)), 6);
    }

    [Fact]
    public void While_the_schedule_is_kept_more_than_a_lead_is_left_and_once_it_is_not_less()
    {
        var ring = New();
        for (var hour = 0.25; hour < 24 * 20; hour += 0.25)
        {
            ring = ring.Ticked(At(hour));
            Assert.True(RingGlance.Of(ring, At(hour)).LeadsLeftAt(At(hour)) >= 1, $"At hour {hour} less than a lead is left.");
        }

        var stalled = At((24 * 20) + 30);
        Assert.True(RingGlance.Of(ring, stalled).LeadsLeftAt(stalled) < 1);
    }

    [Fact]
    public void A_ring_that_slept_for_a_week_signs_nothing_and_has_nothing_left()
    {
        var glance = RingGlance.Of(New(), At(7 * 24));

        Assert.Equal((0, false, TimeSpan.Zero), (glance.Active, glance.Signs, glance.LeftAt(At(7 * 24))));
    }

    [Fact]
    public void A_hurried_key_is_seen_from_when_it_is_made_until_it_signs_no_more()
    {
        var ring = New().Ticked(At(40));

        Assert.True(RingGlance.Of(ring, At(40)).Hurried);
        for (var hour = 41; hour < 73; hour++)
        {
            ring = ring.Ticked(At(hour));
            Assert.Equal(hour < 72, RingGlance.Of(ring, At(hour)).Hurried);
        }
    }
}
