using System.Net;

namespace Tumbler.Silo.Tests.Configuration;

public sealed class ProxyOptionsTests : IDisposable
{
    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    [Fact]
    public void Nobody_is_trusted_by_default() => Assert.False(start.Read()!.Edge.Proxies.Trusted.Trusts(IPAddress.Loopback));

    [Theory]
    [InlineData("--Proxies:Trusted=10.0.0.1; fd00::/8 ;unix")]
    [InlineData("--Proxies:Trusted:0=10.0.0.1", "--Proxies:Trusted:1=fd00::/8", "--Proxies:Trusted:2=unix")]
    public void Proxies_are_a_list_in_one_text_or_numbered(params string[] arguments)
    {
        var trusted = start.Read(arguments)!.Edge.Proxies.Trusted;

        Assert.True(trusted.Trusts(IPAddress.Parse("10.0.0.1")));
        Assert.True(trusted.Trusts(IPAddress.Parse("fd12::1")));
        Assert.True(trusted.Trusts(null));
        Assert.False(trusted.Trusts(IPAddress.Parse("10.0.0.2")));
    }

    [Fact]
    public void Json_gives_them_as_an_array()
    {
        start.Write("appsettings.json", """{"Proxies":{"Trusted":["10.0.0.0/8"]}}""");
        Assert.True(start.Read()!.Edge.Proxies.Trusted.Trusts(IPAddress.Parse("10.1.2.3")));
    }

    [Theory]
    [InlineData("gateway.example")]
    [InlineData("10.0.0.1/8")]
    [InlineData("010.0.0.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("*")]
    public void A_proxy_is_an_address_or_a_block(string text) => Assert.Equal(
        [$"Proxies:Trusted: {text} must be an address, a CIDR block such as 10.0.0.0/8 or fd00::/8, or unix"],
        start.ErrorsOf($"--Proxies:Trusted=192.0.2.1;{text}"));

    [Fact]
    public void Both_forms_at_once_are_an_error() => Assert.Equal(
        ["Proxies:Trusted: is given, and Proxies:Trusted:0 too; give one of them"],
        start.ErrorsOf("--Proxies:Trusted=10.0.0.1", "--Proxies:Trusted:0=10.0.0.2"));

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("::ffff:0.0.0.0/96")]
    public void Production_does_not_trust_everybody(string text)
    {
        Assert.NotNull(start.Read($"--Proxies:Trusted={text}"));

        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        Assert.Contains($"Proxies:Trusted: {text} is everybody, which production refuses; name the proxies", start.ErrorsOf($"--Proxies:Trusted={text}"));
    }
}
