using Tumbler.Contracts.Tokens;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Tests.Tokens;

public sealed class TokenGrantTests
{
    private const string Issuer = "https://issuer.example";
    private const string Orders = "https://orders.example";
    private const string Stock = "urn:example:stock";

    private static readonly string[] Scopes = ["orders:read", "orders:write", "stock"];
    private static readonly string[] Audiences = [Orders, Stock];

    [Theory]
    [InlineData(null, "orders:read orders:write stock")]
    [InlineData("", "orders:read orders:write stock")]
    [InlineData("stock", "stock")]
    [InlineData("stock orders:read", "stock orders:read")]
    [InlineData("stock orders:read stock", "stock orders:read")]
    public void A_client_gets_the_scopes_it_asks_for_in_its_order_and_all_when_it_asks_for_none(string? requested, string granted) =>
        Assert.Equal(granted, Granted(requested).Scope);

    [Theory]
    [InlineData("admin")]
    [InlineData("stock admin")]
    [InlineData("Stock")]
    [InlineData("stock*")]
    [InlineData(" ")]
    [InlineData(" stock")]
    [InlineData("stock ")]
    [InlineData("stock  orders:read")]
    [InlineData("stock\torders:read")]
    [InlineData("stock,orders:read")]
    [InlineData("st\"ock")]
    [InlineData("st\\ock")]
    [InlineData("stöck")]
    [InlineData("stock\0")]
    [InlineData("stock\n")]
    public void An_ungranted_or_malformed_scope_is_invalid(string requested) =>
        Assert.Equal(OAuthErrorCode.InvalidScope, Refused(requested).Code);

    [Fact]
    public void A_scope_that_is_too_long_is_invalid() =>
        Assert.Equal(OAuthErrorCode.InvalidScope, Refused(new string('a', 129)).Code);

    [Fact]
    public void A_client_without_scopes_gets_none_and_may_ask_for_none()
    {
        Assert.True(TokenGrant.Decide([], Audiences, null, [], Issuer).TryGet(out var grant, out _));
        Assert.Equal("", grant.Scope);

        Assert.False(TokenGrant.Decide([], Audiences, "stock", [], Issuer).TryGet(out _, out var error));
        Assert.Equal(OAuthErrorCode.InvalidScope, error.Code);
    }

    [Fact]
    public void A_client_gets_the_audiences_it_asks_for_in_its_order()
    {
        Assert.Equal([Stock], Granted(null, Stock).Audiences);
        Assert.Equal([Stock, Orders], Granted(null, Stock, Orders, Stock).Audiences);
    }

    [Fact]
    public void Without_a_resource_the_audience_is_the_first_one_granted_or_the_issuer()
    {
        Assert.Equal([Orders], Granted(null).Audiences);

        Assert.True(TokenGrant.Decide(Scopes, [], null, [], Issuer).TryGet(out var grant, out _));
        Assert.Equal([Issuer], grant.Audiences);
    }

    [Theory]
    [InlineData("https://other.example")]
    [InlineData("https://orders.example/")]
    [InlineData("https://ORDERS.example")]
    [InlineData("https://orders.example#part")]
    [InlineData("/orders")]
    [InlineData("orders")]
    [InlineData("")]
    [InlineData("https://orders.example ")]
    [InlineData("\"https://orders.example\"")]
    [InlineData(Issuer)]
    public void A_resource_off_the_list_or_of_another_form_is_an_invalid_target(string resource)
    {
        Assert.Equal(OAuthErrorCode.InvalidTarget, Refused(null, resource).Code);
        Assert.Equal(OAuthErrorCode.InvalidTarget, Refused("stock", Orders, resource).Code);
    }

    [Fact]
    public void A_listed_resource_must_still_be_an_absolute_URI_without_a_fragment()
    {
        Assert.False(TokenGrant.Decide(Scopes, ["https://a.example#b"], null, ["https://a.example#b"], Issuer).TryGet(out _, out var error));
        Assert.Equal(OAuthErrorCode.InvalidTarget, error.Code);
    }

    [Fact]
    public void A_description_has_only_the_characters_of_RFC_6749_5_2()
    {
        string[] foreign = ["a\"b", "a\\b", "ä", "a\nb", "admin", "!#[]~", "  "];
        foreach (var error in foreign.Select(text => Refused(text)).Concat(foreign.Select(text => Refused(null, text))))
            Assert.All(error.Description, c => Assert.True(c is (>= ' ' and <= '~') and not '"' and not '\\'));
    }

    private static TokenGrant Granted(string? scope, params string[] resources)
    {
        Assert.True(TokenGrant.Decide(Scopes, Audiences, scope, resources, Issuer).TryGet(out var grant, out var error), error?.Description);
        return grant;
    }

    private static OAuthError Refused(string? scope, params string[] resources)
    {
        Assert.False(TokenGrant.Decide(Scopes, Audiences, scope, resources, Issuer).TryGet(out _, out var error));
        return error;
    }
}
