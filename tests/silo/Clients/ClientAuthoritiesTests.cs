using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Silo.Clients;
using Tumbler.Silo.Configuration;
using Tumbler.Tests.Certificates;

namespace Tumbler.Silo.Tests.Clients;

public sealed class ClientAuthoritiesTests : IDisposable
{
    private readonly TestAuthority authority = new();
    private readonly List<SettingError> errors = [];

    public void Dispose() => authority.Dispose();

    [Fact]
    public void What_the_file_holds_now_is_trusted_and_what_can_not_be_read_changes_nothing()
    {
        using var next = new TestAuthority("the next one");
        var authorities = ClientAuthorities.Load(authority.Path, NullLogger.Instance, errors)!;
        Assert.Single(authorities.Current);

        File.WriteAllText(authority.Path, authority.Pem + "\n" + next.Pem);
        authorities.Look();
        Assert.Equal(2, authorities.Current.Count);

        File.WriteAllText(authority.Path, "-----BEGIN");
        authorities.Look();
        Assert.Equal(2, authorities.Current.Count);
    }

    [Fact]
    public void A_start_names_the_setting_of_what_is_wrong()
    {
        Assert.Null(ClientAuthorities.Load("/nonexistent/ca.pem", NullLogger.Instance, errors));
        Assert.Equal("Auth:ClientAuthorities", Assert.Single(errors).Name);
    }
}
