using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Tests.Configuration;

public class NodeNamesTests
{
    [Theory]
    [InlineData("silo-1", "silo-1")]
    [InlineData("SILO-1.Example.ORG", "silo-1.example.org")]
    [InlineData("Ann's Mac", "ann-s-mac")]
    [InlineData("-.x", "x")]
    [InlineData("Büro", "b-ro")]
    [InlineData("", "node")]
    [InlineData("---", "node")]
    public void A_machine_s_name_is_made_to_fit(string machine, string node) => Assert.Equal(node, NodeNames.Of(machine).Value);

    [Fact]
    public void A_long_one_is_cut() => Assert.Equal(new string('a', 63), NodeNames.Of(new string('a', 64)).Value);
}
