using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Contracts.Tests.Clients;

public sealed class ClientIdTests
{
    private const string Random = "0123456789ABCDEFwxyz";

    [Theory]
    [InlineData("acme")]
    [InlineData("a_b")]
    [InlineData("acme_client_x")]
    [InlineData("___")]
    [InlineData("_client_client_")]
    public void The_organisation_is_found_from_the_end(string slug)
    {
        var id = ClientId.Of(OrgSlug.Parse(slug), Random);

        Assert.Equal($"{slug}_client_{Random}", id.ToString());
        Assert.True(ClientId.TryParse(id.ToString(), out var parsed));
        Assert.Equal((id, slug), (parsed, parsed.Org.Value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("_client_" + Random)]
    [InlineData("ac_client_" + Random)]
    [InlineData("acme_api_" + Random)]
    [InlineData("acme_Client_" + Random)]
    [InlineData("acme-client-" + Random)]
    [InlineData("acme_client_0123456789ABCDEFwxy")]
    [InlineData("acme_client_0123456789ABCDEFwxyz0")]
    [InlineData("acme_client_0123456789ABCDEFwxy_")]
    [InlineData("acme_client_0123456789ABCDEFwxy\u0660")]
    [InlineData("acme_client_0123456789ABCDEFwxyz\n")]
    [InlineData(" acme_client_" + Random)]
    [InlineData("a.me_client_" + Random)]
    [InlineData("0b6a3b9a-3f0c-4f57-9a60-6ad6f3f1b3c1")]
    public void What_has_another_form_is_no_client_id(string? text) => Assert.False(ClientId.TryParse(text, out _));
}
