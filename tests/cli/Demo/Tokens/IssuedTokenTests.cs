using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Tests.Demo.Tokens;

public sealed class IssuedTokenTests
{
    private static readonly DateTimeOffset End = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Error = TimeSpan.FromSeconds(2);
    private static readonly IssuedToken Token = new("", "k1", End);

    [Theory]
    [InlineData(-3, (int)Worth.Good)]
    [InlineData(-2, (int)Worth.Undecided)]
    [InlineData(0, (int)Worth.Undecided)]
    [InlineData(600, (int)Worth.Undecided)]
    public void An_answer_counts_only_if_it_surely_came_before_the_end(double seconds, int worth) =>
        Assert.Equal((Worth)worth, Token.WorthUntil(End.AddSeconds(seconds), Error));

    [Theory]
    [InlineData(0, false)]
    [InlineData(62, false)]
    [InlineData(63, true)]
    public void It_is_over_when_no_skew_and_no_error_can_save_it(double seconds, bool over) =>
        Assert.Equal(over, Token.IsOver(End.AddSeconds(seconds), Error));
}
