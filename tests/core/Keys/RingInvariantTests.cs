using FsCheck;
using FsCheck.Fluent;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Revocations;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Tests.Keys;

/// <summary>What holds in every ring at every instant, whatever happened to it. Each property sees at least 10,000 steps
/// of random histories: ticks, commands, clock jumps, lost and doubled saves.</summary>
public sealed class RingInvariantTests
{
    private const int StepsWanted = 10_000;

    [Fact]
    public void After_every_save_one_key_signs_now_and_for_a_whole_lead_to_come() => Holds(history =>
    {
        if (!history.JustTicked)
            return;
        var (ring, end) = (history.Ring, history.Now + history.Ring.Policy.Lead);
        for (var at = history.Now; at <= end; at = ring.NextChangeAfter(at))
            Assert.NotNull(ring.SignerAt(at));
    });

    [Fact]
    public void A_key_never_signs_before_every_verifier_could_have_seen_it() => Holds(history =>
    {
        if (history.Ring.SignerAt(history.Now) is not { Origin: KeyOrigin.Scheduled or KeyOrigin.Graceful } signer)
            return;
        var (visibleFrom, lead) = history.Promise(signer.Kid);
        Assert.True(history.Now >= visibleFrom + lead, $"{signer.Origin} key {signer.Ordinal} signs {history.Now - visibleFrom} after it was published.");
    });

    [Fact]
    public void After_an_immediate_rotation_another_key_signs() => Holds(history =>
    {
        if (history.RotatedAwayFrom is { } before)
            Assert.NotEqual(before, history.Ring.SignerAt(history.Now)!.Kid);
    });

    [Fact]
    public void Every_token_can_be_verified_until_it_expires_unless_its_key_is_revoked() => Holds(history =>
    {
        foreach (var (key, _, expiresAt) in history.Tokens.Where(token => !history.Revoked.Contains(token.Key.Kid)))
        {
            Assert.Contains(history.Ring.PublishedAt(history.Now), published => published.Kid == key.Kid);
            Assert.Contains(history.Ring.PublishedAt(expiresAt + TokenLifetime.VerifierSkew - TimeSpan.FromTicks(1)), published => published.Kid == key.Kid);
        }
    });

    [Fact]
    public void Everybody_is_told_once_of_each_revoked_key_for_longer_than_it_would_have_lasted() => Holds(history =>
    {
        Assert.Equal(history.Revoked.Select(kid => kid.ToString()).Order(), history.Feed.Since(0).Select(entry => entry.Subject.Id).Order());
        Assert.Equal(history.Revoked.Count, history.Feed.Last);
        Assert.All(history.Feed.Since(0), entry =>
        {
            Assert.Equal((RevocationKind.Key, history.Ring.Id, false), (entry.Subject.Kind, entry.Subject.Ring, entry.Revocation.Lifted));
            if (history.Ring.Find(Kid.Parse(entry.Subject.Id)) is { } key)
                Assert.True(entry.Revocation.Until >= key.ExpiresAt + Revocation.LongestRest && entry.Revocation.Until >= key.RevokedAt + Revocation.LongestRest);
        });
    });

    [Fact]
    public void Ordinals_have_no_gap_and_no_repeat() => Holds(history =>
    {
        var ordinals = history.Ring.Keys.Select(key => key.Ordinal).ToArray();
        Assert.Equal(ordinals.Order().Distinct(), ordinals);
        Assert.Equal(history.Ring.LastOrdinal, ordinals[^1]);
        var added = history.Ring.Keys.Where(key => key.Ordinal > history.Before.LastOrdinal).Select(key => key.Ordinal);
        Assert.Equal(Enumerable.Range(1, (int)(history.Ring.LastOrdinal - history.Before.LastOrdinal)).Select(i => history.Before.LastOrdinal + i), added);
    });

    [Fact]
    public void A_revoked_key_never_signs_or_verifies_again() => Holds(history =>
    {
        Assert.DoesNotContain(history.Ring.PublishedAt(history.Now), key => history.Revoked.Contains(key.Kid));
        for (var at = history.Now; at < DateTimeOffset.MaxValue; at = history.Ring.NextChangeAfter(at))
        {
            Assert.False(history.Ring.SignerAt(at) is { } signer && history.Revoked.Contains(signer.Kid));
            Assert.DoesNotContain(history.Ring.PublishedAt(at), key => history.Revoked.Contains(key.Kid));
        }
    });

    [Fact]
    public void A_private_key_exists_only_where_it_may_still_sign() => Holds(history =>
    {
        if (!history.JustTicked)
            return;
        var ring = history.Ring;
        var from = history.Now - KeySchedule.NodeSkew;
        var signers = ring.Keys.Select(key => key.SignsFrom).Where(at => at >= from)
            .SelectMany(at => (DateTimeOffset[])[at, ring.NextChangeAfter(at)]).Append(from).Append(history.Now)
            .Select(at => ring.SignerAt(at)?.Kid).ToHashSet();
        Assert.All(ring.Keys.Where(key => key.PrivateKey is not null), key =>
        {
            Assert.True(key.RevokedAt is null && key.TaintedAt is null);
            Assert.True(signers.Contains(key.Kid) || Overtaken(ring, key, from), $"Key {key.Ordinal} will never sign again.");
        });
    });

    [Fact]
    public void A_key_that_was_brought_in_to_verify_never_signs_and_verifies_to_its_end() => Holds(history =>
    {
        foreach (var key in history.Ring.Keys.Where(key => key.Origin == KeyOrigin.Imported && key.SignsFrom == key.ExpiresAt))
        {
            Assert.False(key.MaySign);
            Assert.False(key.HasSignedBy(DateTimeOffset.MaxValue), $"Key {key.Ordinal} counts as one that has signed.");
            if (key.RevokedAt is null && history.Now >= key.PublishedAt && history.Now < key.ExpiresAt)
                Assert.Contains(history.Ring.PublishedAt(history.Now), published => published.Kid == key.Kid);
        }
    });

    [Fact]
    public void The_signing_key_is_published_and_the_published_set_is_never_empty() => Holds(history =>
    {
        for (var at = history.Now; at < DateTimeOffset.MaxValue; at = history.Ring.NextChangeAfter(at))
        {
            var published = history.Ring.PublishedAt(at);
            Assert.NotEmpty(published);
            if (history.Ring.SignerAt(at) is { } signer)
                Assert.Equal(signer, published[0]);
        }
    });

    [Fact]
    public void The_instants_of_a_key_are_in_their_order() => Holds(history => Assert.All(history.Ring.Keys, key =>
    {
        Assert.True(key.PublishedAt <= key.SignsFrom, "published after its first signature");
        Assert.True(key.SignsFrom <= key.SignsUntil, "stops before it begins");
        Assert.True(key.SignsUntil <= key.ExpiresAt, "signs after it expired");
    }));

    [Fact]
    public void A_second_tick_at_the_same_moment_finds_nothing_to_do() => Holds(history =>
    {
        if (history.JustTicked)
            Assert.Empty(KeySchedule.Due(history.Ring, history.Now));
    });

    [Fact]
    public void A_ring_is_quiet_exactly_until_something_is_due() => Holds(history =>
    {
        if (!history.JustTicked)
            return;
        var quiet = KeySchedule.QuietAfter(history.Ring, history.Now);

        // In between at the instants where anything could begin: a tick before the end, and at even distances.
        var wait = quiet.Until - history.Now;
        Assert.Equal(history.Now, quiet.From);
        Assert.True(wait > TimeSpan.Zero);
        Assert.All(Enumerable.Range(1, 8), n => Assert.Empty(KeySchedule.Due(history.Ring, history.Now + wait * (n / 9.0))));
        Assert.Empty(KeySchedule.Due(history.Ring, quiet.Until.AddMilliseconds(-1)));
        Assert.NotEmpty(KeySchedule.Due(history.Ring, quiet.Until));
    });

    [Fact]
    public void A_ring_with_something_due_is_never_taken_for_quiet() => Holds(history =>
    {
        if (KeySchedule.Due(history.Ring, history.Now).Count > 0)
            Assert.False(history.Ring.Quiet.Holds(history.Now), $"Something is due at {history.Now:O}, and {history.Ring.Quiet} is said.");
        else if (history.JustTicked)
            Assert.True(history.Ring.Quiet.Holds(history.Now));
    });

    [Fact]
    public void The_count_of_rotations_never_falls_while_time_goes_on()
    {
        long count = 0;
        var now = DateTimeOffset.MinValue;
        RingHistory? current = null;
        Holds(history =>
        {
            if (history != current || history.Now < now)
                count = 0;
            (current, now) = (history, history.Now);
            var rotations = history.Ring.RotationsBy(history.Now);
            Assert.True(rotations >= count, $"{rotations} after {count}");
            count = rotations;
        });
    }

    /// <summary>Two keys that begin at one instant: the younger one signs, the other one is due for destruction.</summary>
    private static bool Overtaken(KeyRing ring, SigningKey key, DateTimeOffset from) =>
        key.SignsFrom >= from && ring.Keys.Any(other => other.MaySign && other.SignsFrom == key.SignsFrom && other.Ordinal > key.Ordinal);

    /// <summary>A failure is shown with the shortest history that still has it.</summary>
    private static IEnumerable<(int, int)[]> Shorter((int, int)[] run)
    {
        for (var cut = run.Length / 2; cut >= 1; cut /= 2)
        {
            for (var start = 0; start + cut <= run.Length; start += cut)
                yield return [.. run[..start], .. run[(start + cut)..]];
        }
    }

    private static void Holds(Action<RingHistory> invariant)
    {
        var steps = 0;
        var history = Gen.Zip(Gen.Choose(0, 17), Gen.Choose(0, 10_000)).ArrayOf(120);
        Prop.ForAll(Arb.From(history, Shorter), run =>
        {
            var ring = RingHistory.Begun();
            invariant(ring);
            foreach (var (kind, amount) in run)
            {
                ring.Step(kind, amount);
                invariant(ring);
                steps++;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20261121, 1));
        Assert.True(steps >= StepsWanted, $"Only {steps} steps were taken.");
    }
}
