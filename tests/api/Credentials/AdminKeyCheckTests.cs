using Tumbler.Api.Credentials;

namespace Tumbler.Api.Tests.Credentials;

public sealed class AdminKeyCheckTests
{
    [Fact]
    public void Every_key_of_an_overlap_is_accepted_and_nothing_else()
    {
        var check = AdminKeyCheck.For("new", "old");

        Assert.True(check.Accepts("new") && check.Accepts("old"));
        Assert.False(check.Accepts("") || check.Accepts("newold") || check.Accepts("New"));
    }

    [Fact]
    public void What_is_replaced_is_over_at_once()
    {
        var check = AdminKeyCheck.For("old");

        check.Replace(["new", "old"]);
        Assert.True(check.Accepts("new") && check.Accepts("old"));
        check.Replace(["new"]);
        Assert.True(check.Accepts("new"));
        Assert.False(check.Accepts("old"));
        check.Replace([]);
        Assert.False(check.Accepts("new") || check.Accepts(""));
    }
}
