using System.Globalization;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using static Tumbler.Core.Tests.Keys.Rings;

namespace Tumbler.Core.Tests.Keys;

public sealed class RingCommandsTests
{
    [Theory]
    [InlineData(1, 13)]
    [InlineData(13, 13)]
    [InlineData(20, 20)]
    public void A_graceful_rotation_waits_until_every_verifier_knows_the_successor(double now, double expected)
    {
        var change = RingCommands.Rotate(New(), RotationMode.Graceful, null, At(now));
        var ring = Made(change, At(now));

        Assert.Equal(At(expected), change.EffectiveAt);
        Assert.Equal(1, ring.SignerAt(At(expected).AddTicks(-1))!.Ordinal);
        Assert.Equal((2, KeyOrigin.Graceful), (ring.SignerAt(At(expected))!.Ordinal, ring.SignerAt(At(expected))!.Origin));
        Assert.Equal(At(expected + 25), ring.Keys[1].ExpiresAt);
    }

    [Fact]
    public void A_second_graceful_rotation_brings_nothing_forward_further()
    {
        var ring = Made(RingCommands.Rotate(New(), RotationMode.Graceful, null, At(1)), At(1));
        var again = RingCommands.Rotate(ring, RotationMode.Graceful, null, At(2));

        Assert.Equal(At(13), again.EffectiveAt);
        Assert.Empty(again.Audit);
        Assert.Equal(ring, again.Next);
    }

    [Fact]
    public void An_immediate_rotation_signs_with_the_successor_now_and_prepares_another()
    {
        var change = RingCommands.Rotate(New(), RotationMode.Immediate, "drill", At(5));
        var ring = Made(change, At(5));

        Assert.Equal(At(5), change.EffectiveAt);
        Assert.Equal((2, KeyOrigin.Immediate), (ring.SignerAt(At(5))!.Ordinal, ring.SignerAt(At(5))!.Origin));
        Assert.Equal([2L, 3, 1], ring.PublishedAt(At(5)).Select(key => key.Ordinal));
        Assert.Equal(At(29), ring.Keys[2].SignsFrom);
        Assert.Equal("drill", change.Audit[0].Details["reason"]);
    }

    [Fact]
    public void The_keys_behind_one_that_is_brought_forward_move_along_with_it()
    {
        var ring = Made(RingCommands.Rotate(New().Ticked(At(23)), RotationMode.Immediate, null, At(23)), At(23));

        Assert.Equal([1L, 2, 3], ring.Keys.Select(key => key.Ordinal));
        Assert.Equal([At(0), At(23), At(47)], ring.Keys.Select(key => key.SignsFrom));
        Assert.Equal((At(23), At(72), KeyOrigin.Graceful), (ring.Keys[2].PublishedAt, ring.Keys[2].ExpiresAt, ring.Keys[2].Origin));
    }

    [Fact]
    public void Ten_immediate_rotations_in_a_second_use_ten_keys_and_leave_one_signer()
    {
        var ring = New();
        for (var i = 0; i < 10; i++)
            ring = Made(RingCommands.Rotate(ring, RotationMode.Immediate, null, At(1).AddMilliseconds(i)), At(1).AddMilliseconds(i));

        Assert.Equal(11, ring.SignerAt(At(1).AddMilliseconds(10))!.Ordinal);
        Assert.Equal(10, ring.RotationsBy(At(1).AddSeconds(1)));
    }

    [Fact]
    public void Keys_that_can_not_be_used_stop_signing_still_verify_and_make_place_for_others()
    {
        var ring = New();
        var problems = ring.Keys.ToDictionary(key => key.Kid, key => $"problem {key.Ordinal}");

        var change = RingCommands.Discard(ring, problems, At(3));
        var after = Made(change, At(3));

        Assert.Equal((3, KeyOrigin.Immediate), (after.SignerAt(At(3))!.Ordinal, after.SignerAt(At(3))!.Origin));
        Assert.Equal(4, after.LastOrdinal);
        Assert.All(after.Keys.Take(2), key => Assert.Equal((false, $"problem {key.Ordinal}", At(3)), (key.MaySign, key.Reason, key.TaintedAt)));
        Assert.Superset(ring.Keys.Select(key => key.Kid).ToHashSet(), after.PublishedAt(At(3)).Select(key => key.Kid).ToHashSet());
        Assert.Equal(2, change.Audit.Count(draft => draft.Details.GetValueOrDefault("material") == "unreadable"));
        Assert.Empty(RingCommands.Discard(after, problems, At(4)).Audit);
    }

    [Fact]
    public void A_tainted_signing_key_stops_signing_and_still_verifies()
    {
        var ring = New();
        var kid = ring.Keys[0].Kid;
        ring = Made(RingCommands.Taint(ring, kid, "seen in a log", At(3)), At(3));

        Assert.Equal(2, ring.SignerAt(At(3))!.Ordinal);
        Assert.Contains(ring.PublishedAt(At(3)), key => key.Kid == kid);
        Assert.Null(ring.Find(kid)!.PrivateKey);
    }

    [Fact]
    public void A_revoked_signing_key_is_gone_at_once_and_another_signs()
    {
        var ring = New();
        var kid = ring.Keys[0].Kid;
        ring = Made(RingCommands.Revoke(ring, kid, "leaked", At(3)), At(3));

        Assert.Equal(2, ring.SignerAt(At(3))!.Ordinal);
        Assert.DoesNotContain(ring.PublishedAt(At(3)), key => key.Kid == kid);
        Assert.Null(ring.Find(kid)!.PrivateKey);
        Assert.Equal("leaked", ring.Find(kid)!.Reason);
    }

    [Fact]
    public void A_revocation_right_after_a_switch_does_not_bring_the_old_key_back()
    {
        var now = At(24).AddSeconds(10);
        var ring = New().Ticked(At(23)).Ticked(now);
        Assert.Equal(2, ring.SignerAt(now)!.Ordinal);

        ring = Made(RingCommands.Revoke(ring, ring.Keys[1].Kid, null, now), now);

        Assert.Equal(3, ring.SignerAt(now)!.Ordinal);
    }

    [Fact]
    public void Revoking_a_successor_leaves_the_signer_and_prepares_another()
    {
        var ring = New();
        ring = Made(RingCommands.Revoke(ring, ring.Keys[1].Kid, null, At(3)), At(3));

        Assert.Equal(1, ring.SignerAt(At(3))!.Ordinal);
        Assert.Equal((3, KeyOrigin.Hurried, At(24)), (ring.Keys[2].Ordinal, ring.Keys[2].Origin, ring.Keys[2].SignsFrom));
    }

    [Fact]
    public void Revoking_the_whole_ring_replaces_every_key_at_once()
    {
        var ring = Made(RingCommands.RevokeAll(New(), "breach", At(3)), At(3));

        Assert.Equal([3L, 4], ring.PublishedAt(At(3)).Select(key => key.Ordinal));
        Assert.Equal((3, KeyOrigin.Immediate), (ring.SignerAt(At(3))!.Ordinal, ring.SignerAt(At(3))!.Origin));
        Assert.All(ring.Keys.Take(2), key => Assert.Null(key.PrivateKey));
    }

    [Fact]
    public void Withdrawing_twice_is_withdrawing_once()
    {
        var ring = New();
        var kid = ring.Keys[0].Kid;
        var revoked = Made(RingCommands.Revoke(ring, kid, null, At(3)), At(3));
        var again = RingCommands.Revoke(revoked, kid, null, At(4)).Value!;

        Assert.Empty(again.Audit);
        Assert.Equal(At(3), again.EffectiveAt);
        Assert.Equal(ErrorCode.Conflict, RingCommands.Taint(revoked, kid, null, At(4)).Refusal!.Code);
    }

    [Fact]
    public void An_unknown_or_ended_key_cannot_be_withdrawn()
    {
        var ring = New().Ticked(At(23));
        var unknown = Kid.Parse("7d4d2a3e-2f4b-4a2e-9d43-0a6f0b1d2c3e");

        Assert.Equal(ErrorCode.NotFound, RingCommands.Revoke(ring, unknown, null, At(1)).Refusal!.Code);
        Assert.Equal(ErrorCode.NotFound, RingCommands.Taint(ring, unknown, null, At(1)).Refusal!.Code);
        Assert.Equal(ErrorCode.Conflict, RingCommands.Revoke(ring, ring.Keys[0].Kid, null, At(26)).Refusal!.Code);
    }

    public static TheoryData<PutRing> PolicyChanges { get; } =
    [
        new PutRing(Algorithm: "ES256"),
        new PutRing(RsaBits: 3072),
        new PutRing(Interval: "PT20H"),
        new PutRing(Validity: "PT26H"),
        new PutRing(Lead: "PT20H"),
        new PutRing(AllowShortLead: true),
        new PutRing(MaxTokenLifetime: "PT10M"),
    ];

    [Theory]
    [MemberData(nameof(PolicyChanges), DisableDiscoveryEnumeration = true)]
    public void The_log_shows_whatever_changed_in_a_policy(PutRing request)
    {
        var ring = New();
        var before = RingAudit.Policy(AuditAction.Update, ring.Id, ring.Policy).Details;
        var after = Assert.Single(RingCommands.ChangePolicy(ring, Policy(request), At(1)).Audit).Details;

        Assert.NotEqual(before, after);
    }

    [Theory]
    [InlineData("graceful")]
    [InlineData("immediate")]
    [InlineData("taint")]
    [InlineData("revoke")]
    public void The_log_shows_the_new_instants_of_every_key_that_moves(string command)
    {
        var ring = New(Policy(new PutRing(Lead: "PT48H")));
        var signer = ring.Keys[0].Kid;
        var change = command switch
        {
            "graceful" => RingCommands.Rotate(ring, RotationMode.Graceful, null, At(1)),
            "immediate" => RingCommands.Rotate(ring, RotationMode.Immediate, null, At(1)),
            "taint" => RingCommands.Taint(ring, signer, null, At(1)).Value!,
            _ => RingCommands.Revoke(ring, signer, null, At(1)).Value!,
        };

        var moved = change.Next.Keys.Where(key => key.ExpiresAt != ring.Find(key.Kid)!.ExpiresAt).ToArray();
        Assert.NotEmpty(moved);
        Assert.All(moved, key =>
        {
            var details = Assert.Single(change.Audit, draft => draft.ResourceId == key.Kid.ToString()).Details;
            Assert.Equal(key.SignsFrom, DateTimeOffset.Parse(details["activates_at"], CultureInfo.InvariantCulture));
            Assert.Equal(key.ExpiresAt, DateTimeOffset.Parse(details["expires_at"], CultureInfo.InvariantCulture));
        });
    }
}
