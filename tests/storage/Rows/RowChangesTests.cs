using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Tests.Rows;

public sealed class RowChangesTests
{
    [Theory]
    [InlineData("a1 b1 c1", "a1 b1 c1", "", "")]
    [InlineData("a1 b1 c1", "a1 b2 c1", "", "b2")]
    [InlineData("a1 b1 c1", "b1 c1 d1", "a", "d1")]
    [InlineData("", "a1 b1", "", "a1 b1")]
    [InlineData("a1 b1", "", "a b", "")]
    [InlineData("a1 b1", "b1 a1", "a b", "b1 a1")]
    [InlineData("a1 b1", "c1 a1 b1", "a b", "c1 a1 b1")]
    public void What_changed_leads_from_one_list_to_the_other(string old, string next, string removed, string set)
    {
        var changes = RowChanges<char, string>.Between(Rows(old), Rows(next), row => row[0]);

        Assert.Equal(Rows(removed), changes.Removed.Select(key => key.ToString()));
        Assert.Equal(Rows(set), changes.Set);
        Assert.Equal(Rows(next), changes.ApplyTo(Rows(old), row => row[0]));
    }

    private static string[] Rows(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
