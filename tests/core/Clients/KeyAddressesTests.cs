using System.Net;
using Tumbler.Core.Addresses;
using Tumbler.Core.Clients;

namespace Tumbler.Core.Tests.Clients;

public sealed class KeyAddressesTests
{
    private static readonly KeyAddresses Production = new(PlainHttp: false, AddressList.Empty);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::7f00:1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:c0a8:101::1")]
    [InlineData("2001:0:a00:1::")]
    [InlineData("2001:db8::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void An_inner_address_is_not_called(string address)
    {
        Assert.False(Production.Admits(IPAddress.Parse(address)));
        Assert.False(Production.Admits(address.Contains(':') ? $"https://[{address}]/jwks" : $"https://{address}/jwks"));
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("93.184.215.14")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::101:101")]
    public void An_address_on_the_internet_is(string address) => Assert.True(Production.Admits(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "::ffff:10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "10.2.2.3", false)]
    [InlineData("fd00::/8", "fd12::1", true)]
    [InlineData("127.0.0.1/32", "127.0.0.1", true)]
    [InlineData("127.0.0.1/32", "127.0.0.2", false)]
    public void What_is_named_is_called_although_it_is_an_inner_one(string network, string address, bool admitted) =>
        Assert.Equal(admitted, new KeyAddresses(false, new AddressList([network])).Admits(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://keys.example/jwks.json", true)]
    [InlineData("https://keys.example:8443/a?b=c", true)]
    [InlineData("https://1.1.1.1/jwks", true)]
    [InlineData("http://keys.example/jwks.json", false)]
    [InlineData("ftp://keys.example/jwks.json", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("gopher://keys.example/", false)]
    [InlineData("//keys.example/jwks.json", false)]
    [InlineData("/jwks.json", false)]
    [InlineData("keys.example", false)]
    [InlineData("", false)]
    [InlineData("https://me:pw@keys.example/", false)]
    [InlineData("https://keys.example@127.0.0.1/", false)]
    [InlineData("https://keys.example/#x", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://127.1/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://0x7f.0.0.1/", false)]
    [InlineData("https://0177.0.0.1/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:127.0.0.1]/", false)]
    [InlineData("https://keys.example\\@127.0.0.1/", false)]
    [InlineData("https://keys.example/ x", false)]
    [InlineData("https://keys.example/\n", false)]
    public void Only_an_https_URL_that_says_all_may_be_registered(string uri, bool admitted) => Assert.Equal(admitted, Production.Admits(uri));

    [Fact]
    public void A_URL_has_an_end() =>
        Assert.Equal((true, false), (Production.Admits($"https://keys.example/{new string('a', 491)}"), Production.Admits($"https://keys.example/{new string('a', 492)}")));

    [Fact]
    public void Plain_http_is_for_development() =>
        Assert.Equal((true, false), (
            (Production with { PlainHttp = true }).Admits("http://keys.example/jwks"),
            (Production with { PlainHttp = true }).Admits("http://127.0.0.1/jwks")));
}
