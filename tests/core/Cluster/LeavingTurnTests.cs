using Tumbler.Core.Cluster;

namespace Tumbler.Core.Tests.Cluster;

public sealed class LeavingTurnTests
{
    private static readonly Guid Mine = Guid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    private static readonly Guid Next = Guid.Parse("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb");
    private static readonly string[] Members = ["a", "b", "c"];

    [Theory]
    [InlineData("a", 0, true)]
    [InlineData("b", 0, false)]
    [InlineData("b", 29, false)]
    [InlineData("b", 30, true)]
    [InlineData("c", 59, false)]
    [InlineData("c", 60, true)]
    public void One_leaves_after_the_other_in_bounded_time(string silo, int seconds, bool leaves) =>
        Assert.Equal(leaves, HasCome(silo, Row(Mine), seconds));

    [Theory]
    [InlineData("b", "a", true)]
    [InlineData("c", "a", false)]
    [InlineData("c", "b", false)]
    [InlineData("c", "b a", true)]
    public void Who_comes_next_leaves_as_soon_as_those_before_serve_again(string silo, string serving, bool leaves) =>
        Assert.Equal(leaves, HasCome(silo, Row(Next, serving.Split(' ')), 0));

    [Fact]
    public void That_they_have_served_in_the_old_generation_does_not_count() =>
        Assert.False(HasCome("c", Row(Mine, "a", "b", "c"), 0));

    [Fact]
    public void Without_an_answer_of_the_database_the_time_decides()
    {
        Assert.False(HasCome("c", null, 59));
        Assert.True(HasCome("c", null, 60));
    }

    [Fact]
    public void Who_is_alone_leaves_at_once() =>
        Assert.True(LeavingTurn.HasCome("a", [], Mine, null, TimeSpan.Zero));

    private static bool HasCome(string silo, ClusterRow? row, int seconds) =>
        LeavingTurn.HasCome(silo, Members, Mine, row, TimeSpan.FromSeconds(seconds));

    private static ClusterRow Row(Guid generation, params string[] serving) => new("blue", generation, TimeSpan.Zero, serving);
}
