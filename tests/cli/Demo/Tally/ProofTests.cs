using Tumbler.Cli.Demo;
using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Tests.Demo.Tally;

/// <summary>Each thing that may go wrong makes its claim fail, and the whole with it.</summary>
public sealed class ProofTests
{
    private static readonly Proof Good = Of(new Counts());

    public static TheoryData<string, int> Wrong => new(Cases.Select(each => (each.Key, each.Value.Claim)));

    private static readonly Dictionary<string, (int Claim, Proof Proof)> Cases = new(StringComparer.Ordinal)
    {
        ["a good token refused"] = (0, Of(new Counts { FalseRejects = 1 })),
        ["a request without an answer"] = (0, Of(new Counts { Failed = 1 })),
        ["too many that ended on their way"] = (0, Of(new Counts { Undecided = 44 })),
        ["too few tokens"] = (0, Good with { Rotation = Seen.Watch([.. Seen.Rounds(73).Where((_, i) => i % 7 == 0)]).Rotation }),
        ["a bad token accepted"] = (1, Of(new Counts { FalseAccepts = 1 })),
        ["a kind of bad token that was not shown"] = (1, Good with { Rotation = Seen.Watch(Seen.Rounds(73).Select(round => round with { Forgery = null })).Rotation }),
        ["a switch that did not happen"] = (2, Good with { Rotation = Seen.Watch(Seen.Rounds(72)).Rotation }),
        ["a key that was published too late"] = (2, Good with { Rotation = Seen.Watch(Seen.Rounds(73).Select(Late)).Rotation }),
        ["a revocation that did not arrive"] = (3, Good with { Emergency = Good.Emergency with { Showings = [] } }),
        ["a successor's token refused"] = (3, Good with { Emergency = Good.Emergency with { Good = new Counts { Served = 1, FalseRejects = 1 } } }),
        ["nothing was accepted before the revocation"] = (3, Good with { Emergency = Good.Emergency with { Good = default } }),
        ["an audit log that does not verify"] = (4, Good with { Audit = Good.Audit with { Valid = false } }),
        ["a rotation that is not in the audit log"] = (4, Good with { Audit = Good.Audit with { Rotations = 2 } }),
        ["a revocation that is not in the audit log"] = (4, Good with { Audit = Good.Audit with { Revocations = 0 } }),
    };

    [Fact]
    public void What_went_by_the_book_is_proved()
    {
        Assert.True(Good.Proved);
        Assert.Equal(
            [
                "438 tokens issued and 876 times accepted in 72 hours: 0 false rejects",
                "876 bad tokens shown, of 6 kinds: 0 false accepts",
                "3 switches of keys; all 2 that came meanwhile had been published for 24.0 hours at least",
                "a revoked key's tokens refused by the service after 1.2 s, by the verifier after 0.4 s (promised: 5 s); 0 of the good ones beside them",
                "an audit log that verifies: 33 entries in 3 chains, 3 rotations and 1 revocation among them",
            ],
            Good.Claims.Select(claim => claim.Text));
    }

    [Fact]
    public void A_few_that_ended_on_their_way_are_told_and_no_harm()
    {
        var proof = Of(new Counts { Undecided = 43 });

        Assert.True(proof.Proved);
        Assert.EndsWith("0 false rejects (43 ended on their way)", proof.Claims[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_went_wrong_is_not_proved(string what, int claim)
    {
        var proof = Cases[what].Proof;

        Assert.False(proof.Proved);
        Assert.Equal([claim], proof.Claims.Index().Where(each => !each.Item.Held).Select(each => each.Index));
    }

    /// <param name="more">What happened beside everything that should.</param>
    private static Proof Of(Counts more) => new(
        new DemoPlan(DemoPlan.DefaultHours, DemoPlan.DefaultRate),
        Seen.Watch(Seen.Rounds(73).Select((round, i) => i == 100 ? round with { Counts = round.Counts + more } : round)).Rotation,
        new Emergency(Seen.Key(4), Seen.Key(5))
        {
            Showings = [new(Party.Verifier, TimeSpan.FromSeconds(0.4), false), new(Party.Service, TimeSpan.FromSeconds(1.2), false)],
            Good = new Counts { Verified = 25, Served = 25 },
        },
        new AuditCheck(Valid: true, Chains: 3, Entries: 33, Checkpoints: 2, Rotations: 3, Revocations: 1));

    private static Round Late(Round round) =>
        round with { Published = [.. round.Published.Where(key => key.Number < 3 || round.At > key.SignsFrom - TimeSpan.FromHours(12))] };
}
