using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;

namespace Tumbler.Contracts.Tests.Input;

public class NamesTests
{
    [Theory]
    [InlineData("SigningKey", "signing_key")]
    [InlineData("Ring", "ring")]
    [InlineData("RS256", "RS256")]
    [InlineData("InvalidInput", "invalid_input")]
    public void Writes_names_in_snake_case_and_leaves_the_names_of_algorithms(string name, string written) =>
        Assert.Equal(written, Names.SnakeCase(name));

    [Fact]
    public void Writes_enumerations_alike()
    {
        Assert.Equal("already_exists", Names.SnakeCase(ErrorCode.AlreadyExists));
        Assert.Equal("ES256", Names.SnakeCase(JwsAlgorithm.ES256));
        Assert.Equal("SIGNING_KEY", Names.UpperSnakeCase(AuditResource.SigningKey));
        Assert.Equal("CREATE", Names.UpperSnakeCase(AuditAction.Create));
    }
}
