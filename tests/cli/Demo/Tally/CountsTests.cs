using Tumbler.Cli.Demo.Tally;
using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Tests.Demo.Tally;

public sealed class CountsTests
{
    [Fact]
    public void What_was_answered_counts_by_what_should_have_been()
    {
        Assert.Equal(new Counts { Verified = 1 }, Counts.Of(Party.Verifier, Worth.Good, true));
        Assert.Equal(new Counts { Served = 1 }, Counts.Of(Party.Service, Worth.Good, true));
        Assert.Equal(new Counts { FalseRejects = 1 }, Counts.Of(Party.Service, Worth.Good, false));
        Assert.Equal(new Counts { FalseRejects = 1 }, Counts.Of(Party.Verifier, Worth.Good, false));
        Assert.Equal(new Counts { Refused = 1 }, Counts.Of(Party.Service, Worth.Bad, false));
        Assert.Equal(new Counts { FalseAccepts = 1 }, Counts.Of(Party.Verifier, Worth.Bad, true));
        Assert.Equal(new Counts { Undecided = 1 }, Counts.Of(Party.Verifier, Worth.Undecided, true));
        Assert.Equal(new Counts { Undecided = 1 }, Counts.Of(Party.Verifier, Worth.Undecided, false));
    }

    [Theory]
    [InlineData((int)Worth.Good)]
    [InlineData((int)Worth.Bad)]
    [InlineData((int)Worth.Undecided)]
    public void No_answer_is_a_failure_whatever_the_token(int worth) =>
        Assert.Equal(Counts.OneFailed, Counts.Of(Party.Service, (Worth)worth, null));

    [Fact]
    public void Sums_forget_nothing()
    {
        var one = new Counts { Issued = 1, Verified = 2, Served = 3, FalseRejects = 4, Refused = 5, FalseAccepts = 6, Undecided = 7, Failed = 8 };

        Assert.Equal(
            new Counts { Issued = 2, Verified = 4, Served = 6, FalseRejects = 8, Refused = 10, FalseAccepts = 12, Undecided = 14, Failed = 16 }, one + one);
        Assert.Equal(5, one.Accepted);
    }
}
