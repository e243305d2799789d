using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using static Tumbler.Core.Tests.Keys.Rings;

namespace Tumbler.Core.Tests.Keys;

public sealed class KeyScheduleTests
{
    [Fact]
    public void A_new_ring_gets_a_key_that_signs_at_once_and_its_successor()
    {
        var ring = New();

        Assert.Equal(2, ring.Keys.Length);
        var (first, second) = (ring.Keys[0], ring.Keys[1]);
        Assert.Equal((1, KeyOrigin.Bootstrap, At(0), At(0), At(24), At(25)), Instants(first));
        Assert.Equal((2, KeyOrigin.Scheduled, At(0), At(24), At(48), At(49)), Instants(second));
        Assert.Equal(first, ring.SignerAt(At(0)));
        Assert.Equal([first, second], ring.PublishedAt(At(0)));
    }

    [Fact]
    public void The_jwks_holds_two_keys_and_three_for_an_hour_after_a_switch()
    {
        var ring = New().Ticked(At(23));

        Assert.Equal(3, ring.Keys.Length);
        Assert.Equal([1L, 2], Ordinals(ring.PublishedAt(At(23.98))));
        Assert.Equal([2L, 3, 1], Ordinals(ring.PublishedAt(At(24))));
        Assert.Equal([2L, 3, 1], Ordinals(ring.PublishedAt(At(24.99))));
        Assert.Equal([2L, 3], Ordinals(ring.PublishedAt(At(25))));
    }

    [Fact]
    public void A_key_is_shown_a_minute_early_for_others_whose_clocks_are_ahead_sign_with_it_already()
    {
        var ring = New();

        Assert.Equal([2L, 1], Ordinals(ring.PublishedAt(At(0) - KeySchedule.NodeSkew)));
        Assert.False(ring.Keys[0].IsPublishedAt(At(0) - KeySchedule.NodeSkew - TimeSpan.FromTicks(1)));
        Assert.Equal(At(0) - KeySchedule.NodeSkew, ring.NextChangeAfter(At(-1)));
    }

    [Fact]
    public void Keys_switch_every_24_hours_to_the_tick_however_late_the_ticks_come()
    {
        var ring = New();
        for (var minute = 0; minute <= 30 * 24 * 60; minute += 37)
            ring = ring.Ticked(At(minute / 60.0));

        Assert.All(ring.Keys.Zip(ring.Keys.Skip(1)), pair =>
            Assert.Equal(TimeSpan.FromHours(24), pair.Second.SignsFrom - pair.First.SignsFrom));
        Assert.All(ring.Keys.Skip(1), key => Assert.Equal(KeyOrigin.Scheduled, key.Origin));
        Assert.All(ring.Keys.Skip(1), key => Assert.True(key.SignsFrom - key.PublishedAt >= TimeSpan.FromHours(24)));
        Assert.Equal(30, ring.RotationsBy(At(30 * 24)));
    }

    [Fact]
    public void A_ring_that_is_saved_with_something_due_is_never_quiet()
    {
        var revoked = RingCommands.RevokeAll(New(), null, At(1)).Next;

        Assert.NotEmpty(KeySchedule.Due(revoked, At(1)));
        Assert.Equal(QuietTime.None, KeySchedule.QuietAfter(revoked, At(1)));
        Assert.False(QuietTime.None.Holds(DateTimeOffset.MinValue));
    }

    [Fact]
    public void A_ring_in_the_steady_state_is_looked_at_twice_a_day()
    {
        var (ring, now, looks) = (New(), At(0), 0);
        for (var end = At(24 * 50); now < end; looks++)
        {
            now = KeySchedule.QuietAfter(ring, now).Until;
            ring = ring.Ticked(now);
        }

        // To make a key, to destroy one, and once there are 31 ended ones, to forget one.
        Assert.InRange(looks, 2 * 50, 3 * 50);
    }

    [Fact]
    public void A_successor_that_is_a_little_late_is_waited_for()
    {
        // Nothing ran from hour 1 to hour 24.5: key 3 is half an hour late, and key 2 lasts 55 min longer than planned.
        var ring = New().Ticked(At(1)).Ticked(At(24.5));

        var third = ring.Keys[2];
        Assert.Equal((3, KeyOrigin.Scheduled, At(24.5), At(48.5), At(72.5), At(73.5)), Instants(third));
        Assert.Equal(At(48.5), ring.Keys[1].SignsUntil);
        Assert.Equal(2, ring.SignerAt(At(48.25))!.Ordinal);
    }

    [Fact]
    public void A_successor_that_is_too_late_signs_on_time_and_says_that_it_is_hurried()
    {
        var ring = New().Ticked(At(40));

        Assert.Equal((3, KeyOrigin.Hurried, At(40), At(48), At(72), At(73)), Instants(ring.Keys[2]));
    }

    [Fact]
    public void Signing_goes_on_with_the_old_key_while_a_token_fits()
    {
        var ring = New();

        Assert.Equal(2, ring.SignerAt(At(48.9))!.Ordinal);
        Assert.Null(ring.SignerAt(At(49)));
    }

    [Fact]
    public void After_a_week_off_the_ring_heals_itself_at_once()
    {
        var week = At(7 * 24);
        var asleep = New();
        Assert.Null(asleep.SignerAt(week));
        Assert.Equal([2L], Ordinals(asleep.PublishedAt(week)));

        var ring = asleep.Ticked(week);

        Assert.Equal((3, KeyOrigin.Hurried, week, week, week.AddHours(24), week.AddHours(25)), Instants(ring.SignerAt(week)!));
        Assert.Equal([3L, 4], Ordinals(ring.PublishedAt(week)));
        Assert.Equal(KeyOrigin.Scheduled, ring.Keys[3].Origin);
    }

    [Fact]
    public void A_lead_of_many_intervals_keeps_many_keys_ahead()
    {
        var ring = New(Policy(new PutRing(Interval: "1h", Lead: "13h")));
        for (var hour = 0.0; hour < 40; hour += 0.25)
            ring = ring.Ticked(At(hour));

        Assert.All(ring.Keys.Where(key => key.SignsFrom >= At(13)), key => Assert.Equal(KeyOrigin.Scheduled, key.Origin));
        Assert.All(ring.Keys.Where(key => key.SignsFrom < At(13)), key => Assert.Equal(KeyOrigin.Bootstrap, key.Origin));
        Assert.All(ring.Keys.Zip(ring.Keys.Skip(1)), pair =>
            Assert.Equal(TimeSpan.FromHours(1), pair.Second.SignsFrom - pair.First.SignsFrom));
        Assert.InRange(ring.PublishedAt(At(39)).Length, 14, 17);
    }

    [Fact]
    public void A_private_key_is_destroyed_a_minute_after_its_successor_signs_and_not_before()
    {
        var ring = New();
        Assert.True(ring.Ticked(At(24)).Keys[0].MaySign);
        Assert.True(ring.Ticked(At(24).AddSeconds(59)).Keys[0].MaySign);

        var retired = ring.Ticked(At(24).AddMinutes(1)).Keys[0];
        Assert.False(retired.MaySign);
        Assert.Equal(At(24).AddMinutes(1), retired.PrivateKeyDestroyedAt);
        Assert.True(retired.IsPublishedAt(At(24.5)));
    }

    [Fact]
    public void A_change_of_algorithm_takes_effect_with_the_next_key_that_is_made()
    {
        var ring = New();
        var changed = Made(RingCommands.ChangePolicy(ring, Policy(new PutRing(Algorithm: "ES256")), At(1)), At(1));
        Assert.Equal(2, changed.Keys.Length);

        var due = KeySchedule.Due(changed, At(23));

        var plan = Assert.IsType<KeyStep.Make>(Assert.Single(due)).Plan;
        Assert.Equal((JwsAlgorithm.ES256, null), (plan.Algorithm, plan.RsaBits));
    }

    [Fact]
    public void Only_a_month_of_ended_keys_is_kept_and_every_rotation_is_counted()
    {
        var ring = New();
        for (var day = 0; day <= 100; day++)
            ring = ring.Ticked(At(day * 24 + 23.5));

        Assert.InRange(ring.Keys.Length, KeySchedule.EndedKeysKept, KeySchedule.EndedKeysKept + 4);
        Assert.Equal(100, ring.RotationsBy(At(100 * 24 + 23.5)));
    }

    private static (long, KeyOrigin, DateTimeOffset, DateTimeOffset, DateTimeOffset, DateTimeOffset) Instants(SigningKey key) =>
        (key.Ordinal, key.Origin, key.PublishedAt, key.SignsFrom, key.SignsUntil, key.ExpiresAt);

    private static IEnumerable<long> Ordinals(IEnumerable<SigningKey> keys) => keys.Select(key => key.Ordinal);
}
