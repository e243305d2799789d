using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;

namespace Tumbler.Grains.Tests.Keys;

public sealed class KeyRingGrainTests : IAsyncLifetime
{
    private static readonly CallContext Call = new(Actor.Administrator, "request-1", "192.0.2.1");
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private RingSilos cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await RingSilos.Deploy();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task A_ring_at_rest_has_no_reminder_and_one_that_is_soon_due_is_ticked_by_its_own()
    {
        var ring = await cluster.Ring();
        Assert.Equal(0, await cluster.Reminders());

        // Not by advancing: no sweep comes by on the way.
        cluster.Clock.Now = ring.Quiet.Until - 5 * Second;
        await RingSilos.RingsAt(cluster.Silos[0]).Tick(RingId.Default);
        Assert.Equal(1, await cluster.Reminders());
        Assert.Equal(ring.AuditHead, (await cluster.Ring()).AuditHead);

        // Whoever sets a reminder does not wait until it waits.
        await RingSilos.Until(() => Task.FromResult(cluster.Clock.Timers.Exists(timer => timer.Due == 5 * Second)));
        cluster.Clock.Advance(5 * Second);

        await RingSilos.Until(async () => (await cluster.Ring()).AuditHead.Seq > ring.AuditHead.Seq);
        await RingSilos.Until(async () => await cluster.Reminders() == 0);
    }

    [Fact]
    public async Task The_sweep_finds_what_no_reminder_tells()
    {
        var ring = await cluster.Ring();

        cluster.Clock.Now = ring.Quiet.Until;
        cluster.Clock.Advance(TimeSpan.FromSeconds(30));

        await RingSilos.Until(async () => (await cluster.Ring()).AuditHead.Seq > ring.AuditHead.Seq);
    }

    [Fact]
    public async Task When_a_key_s_revocation_is_answered_no_silo_publishes_it()
    {
        for (var n = 0; n < 10; n++)
        {
            var kid = (await cluster.Ring()).SignerAt(cluster.Clock.Now)!.Kid;

            var revoked = await RingSilos.RingsAt(cluster.Silos[n % 2]).Revoke(RingId.Default, kid, new WithdrawKey(), Call);

            Assert.Empty(revoked.Spread!.Unconfirmed);
            Assert.All(cluster.Silos, silo => Assert.DoesNotContain(kid, cluster.PublishedAt(silo)));
        }
    }

    [Fact]
    public async Task A_change_is_made_here_when_the_owner_is_gone()
    {
        await RingSilos.RingsAt(cluster.Silos[0]).Tick(RingId.Default);
        var owner = cluster.Owner();
        var other = cluster.Silos.First(silo => silo != owner);
        await cluster.Kill(owner);

        var rotated = await RingSilos.RingsAt(other).Rotate(RingId.Default, new RotateRing("immediate"), Call);

        Assert.True(rotated.Succeeded, rotated.Refusal?.Message);
        Assert.Equal(1, rotated.Value!.Status.RotationCount);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a-key-of-the-caller")]
    public async Task A_change_whose_answer_is_lost_is_made_once(string? key)
    {
        cluster.AfterChange = () => throw new TimeoutException("The answer is lost.");
        foreach (var silo in cluster.Silos)
        {
            var before = (await cluster.Ring()).LastOrdinal;

            var rotated = await RingSilos.RingsAt(silo).Rotate(
                RingId.Default, new RotateRing("immediate"), Call with { IdempotencyKey = key is null ? null : $"{key}-{silo.Name}" });

            Assert.True(rotated.Succeeded, rotated.Refusal?.Message);
            Assert.Equal(before + 1, (await cluster.Ring()).LastOrdinal);
            Assert.Equal((await cluster.Ring()).SignerAt(cluster.Clock.Now)!.Kid, rotated.Value!.Status.SigningKid);
        }
    }

    [Fact]
    public async Task The_others_have_heard_of_a_change_when_it_is_answered()
    {
        var rotated = await RingSilos.RingsAt(cluster.Silos[0]).Rotate(RingId.Default, new RotateRing("immediate"), Call);

        Assert.Empty(rotated.Spread!.Unconfirmed);
        Assert.Equal(cluster.Clock.Now, rotated.Spread.KnownBy);
    }
}
