using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;
using Tumbler.Stories.Tests.Watching;

namespace Tumbler.Stories.Tests;

public sealed class S2_No_verifier_meets_an_unknown_key(StoryRun run, DaysOfRotation days) : IClassFixture<DaysOfRotation>
{
    /// <summary>Microsoft.IdentityModel, the slowest of the mainstream verifiers.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(12.6);

    /// <summary>A preparation that a busy machine delays moves a switch: a second here is an hour there. It never tears a gap.</summary>
    private static readonly TimeSpan SwitchTolerance = TimeSpan.FromMinutes(45);

    [Fact]
    public async Task A_JWKS_kept_for_12_6_hours_verifies_every_token_issued_in_that_time()
    {
        await using var jose = new Jose(run);
        var checks = 0;
        foreach (var token in days.Tokens)
        {
            // Verifiers with the same bytes answer alike, so each text is asked once for all its copies.
            foreach (var jwks in CopiesFor(token).Select(copy => copy.Text).Distinct())
            {
                foreach (var now in (long[])[token.IssuedAt, token.ExpiresAt - 1])
                {
                    Assert.Equal(new Verdict(true, null), await jose.Local(jwks, token.Text, days.Issuer, DaysOfRotation.Audience, now));
                    checks++;
                }
            }
        }

        run.Measured($"{DaysOfRotation.Days} days: {days.Tokens.Count} tokens, {days.Copies.Count} copies of the JWKS ({days.Copies.DistinctBy(copy => copy.Text).Count()} different), {checks} verifications by jose, none refused");
        Assert.True(days.Copies.Count > DaysOfRotation.Days * 24 * 3, "The verifier came too seldom to see much.");
        Assert.True(checks > 2 * days.Tokens.Count, "Hardly any token met more than one JWKS.");
    }

    [Fact]
    public void The_JWKS_holds_two_keys_and_for_an_hour_after_a_switch_three()
    {
        var counts = days.Copies.Where(copy => copy.After <= days.End).CountBy(copy => copy.Kids.Count).ToDictionary();

        Assert.Equal([2, 3], counts.Keys.Order());
        Assert.True(counts[3] < counts[2] / 4, $"Three keys {counts[3]} times, two keys {counts[2]} times.");
        Assert.All(days.Copies, copy => Assert.NotEmpty(copy.Kids));
    }

    [Fact]
    public void The_signing_key_changes_once_a_day_and_the_status_says_so()
    {
        var signers = days.Tokens.Where(token => At(token.IssuedAt) < days.End).Select(token => token.Kid).ToArray();

        Assert.Equal(DaysOfRotation.Days, signers.Zip(signers.Skip(1)).Count(pair => pair.First != pair.Second));
        Assert.Equal(DaysOfRotation.Days + 1, signers.Distinct().Count());
        Assert.Equal(DaysOfRotation.Days, days.Status.RotationCount);
        Assert.Equal(signers[^1], days.Status.SigningKid);
        Assert.Equal("scheduled", days.Status.LastRotation!.Outcome);
        Assert.Null(days.Status.LastFailure);
        for (var day = 0; day <= DaysOfRotation.Days; day++)
            Assert.Equal(days.Begin + TimeSpan.FromDays(day), days.KeysByClock[day].ActivatesAt, SwitchTolerance);
        Assert.Equal(days.KeysByClock[DaysOfRotation.Days + 1].ActivatesAt, days.Status.NextTransitionAt);
    }

    [Fact]
    public void Every_token_is_signed_by_the_key_whose_turn_it_is()
    {
        var turns = days.Keys;
        foreach (var token in days.Tokens)
        {
            var turn = turns.Index().Single(key => key.Item.Kid == token.Kid).Index;
            Assert.True(turns[turn].ActivatesAt < At(token.IssuedAt + 1), $"{token.Kid} signed at {At(token.IssuedAt):O}, before its turn.");
            if (turn < turns.Count - 1)
                Assert.True(At(token.IssuedAt) < TakenOver(turns[turn + 1]), $"{token.Kid} signed at {At(token.IssuedAt):O}, when {turns[turn + 1]} had taken over.");
        }
    }

    [Fact]
    public void A_rotation_by_hand_takes_effect_when_its_answer_says()
    {
        var first = days.Status.SigningKid!;
        var second = days.KeysByClock[DaysOfRotation.Days + 1].Kid;

        AssertSwitch(days.Graceful.Answered, days.Graceful.EffectiveAt, first, second);
        AssertSwitch(days.Immediate.Asked, days.Immediate.EffectiveAt, second, days.Leaked);
        AssertSwitch(days.Emergency.Asked, days.Emergency.EffectiveAt, days.Leaked, days.Emergency.Answer.SigningKid);
        Assert.InRange(days.Graceful.EffectiveAt, days.Graceful.Answered, days.Graceful.Answered + TimeSpan.FromHours(13));
        Assert.InRange(days.Immediate.EffectiveAt, days.Immediate.Asked, days.Immediate.Answered);
        Assert.InRange(days.Emergency.EffectiveAt, days.Emergency.Asked, days.Emergency.Answered);
    }

    [Fact]
    public async Task A_revoked_key_is_gone_from_the_JWKS_and_its_tokens_are_refused()
    {
        var afterwards = days.Copies.Where(copy => copy.Before >= days.Emergency.EffectiveAt).ToArray();
        var forgeries = days.Tokens.Where(token => token.Kid == days.Leaked).ToArray();

        Assert.NotEmpty(afterwards);
        Assert.NotEmpty(forgeries);
        Assert.All(afterwards, copy => Assert.DoesNotContain(days.Leaked, copy.Kids));
        await using var jose = new Jose(run);
        foreach (var token in forgeries)
        {
            var verdict = await jose.Local(afterwards[0].Text, token.Text, days.Issuer, DaysOfRotation.Audience, token.IssuedAt);
            Assert.StartsWith("ERR_JWKS_NO_MATCHING_KEY", verdict.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>The copies that some verifier may hold the token against: fetched up to 12.6 hours before its issue and before its
    /// end. A rotation at once is for when verifiers have to refetch, and what a leaked key signed ends with the key.</summary>
    private IEnumerable<JwksCopy> CopiesFor(Token token)
    {
        var (oldest, newest) = (At(token.IssuedAt) - Kept, At(token.ExpiresAt));
        if (At(token.IssuedAt) >= days.Emergency.Asked)
            oldest = days.Emergency.Answered;
        else if (At(token.IssuedAt) >= days.Immediate.Asked)
            oldest = days.Immediate.Answered;
        if (token.Kid == days.Leaked && newest > days.Emergency.Asked)
            newest = days.Emergency.Asked;
        return days.Copies.Where(copy => copy.Before >= oldest && copy.After < newest);
    }

    /// <summary>From when on no predecessor signs. While a rotation at once is under way either key may.</summary>
    private DateTimeOffset TakenOver(RingKey key) =>
        key.Kid == days.Immediate.Answer.SigningKid ? days.Immediate.EffectiveAt
        : key.Kid == days.Emergency.Answer.SigningKid ? days.Emergency.EffectiveAt
        : key.ActivatesAt;

    /// <summary>What was issued before the request is signed by one key, what is issued from the effective instant on by the other.</summary>
    private void AssertSwitch(DateTimeOffset asked, DateTimeOffset effective, string from, string to)
    {
        // iat is in whole seconds: what was issued in the very second of the switch says nothing.
        Assert.Equal(from, days.Tokens.Last(token => At(token.IssuedAt + 1) <= asked).Kid);
        Assert.Equal(to, days.Tokens.First(token => At(token.IssuedAt) >= effective).Kid);
        Assert.NotEqual(from, to);
    }

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
