using System.Net;
using Tumbler.Core.Addresses;
using Tumbler.Core.Proxies;

namespace Tumbler.Core.Tests.Proxies;

public class TrustedProxiesTests
{
    private static readonly IPAddress Gateway = IPAddress.Parse("10.0.0.1");

    private static readonly TrustedProxies Known = new(new AddressList(["10.0.0.0/8", "192.0.2.7", "fd00::/8"]), sockets: false);

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("10.255.255.255", true)]
    [InlineData("11.0.0.1", false)]
    [InlineData("192.0.2.7", true)]
    [InlineData("192.0.2.8", false)]
    [InlineData("fd12::1", true)]
    [InlineData("fe80::1", false)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("::ffff:11.0.0.1", false)]
    public void A_proxy_is_known_by_its_address(string peer, bool trusted) => Assert.Equal(trusted, Known.Trusts(IPAddress.Parse(peer)));

    [Fact]
    public void Nobody_is_trusted_unless_it_is_said()
    {
        Assert.False(TrustedProxies.None.Trusts(IPAddress.Loopback));
        Assert.False(TrustedProxies.None.Trusts(null));
    }

    [Theory]
    [InlineData("198.51.100.1", "198.51.100.1")]
    [InlineData(" 198.51.100.1\t", "198.51.100.1")]
    [InlineData("198.51.100.1:4711", "198.51.100.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("::ffff:198.51.100.1", "198.51.100.1")]
    [InlineData("[::ffff:198.51.100.1]:80", "198.51.100.1")]
    [InlineData("6.6.6.6, 198.51.100.1", "198.51.100.1")] // The client wrote the first one itself.
    [InlineData("198.51.100.1, 10.0.0.2", "198.51.100.1")]
    [InlineData("6.6.6.6, 198.51.100.1, 192.0.2.7, 10.0.0.2", "198.51.100.1")]
    [InlineData("198.51.100.1,,10.0.0.2, ,", "198.51.100.1")]
    [InlineData("10.0.0.3, 10.0.0.2", "10.0.0.3")] // A caller inside.
    [InlineData("nonsense, 198.51.100.1", "198.51.100.1")]
    public void The_client_is_the_last_address_that_is_no_known_proxy(string header, string client) =>
        Assert.Equal(IPAddress.Parse(client), Known.Read(Gateway, [header], []).Client);

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("unknown")]
    [InlineData("_hidden")]
    [InlineData("for=198.51.100.1")]
    [InlineData("198.51.100.1:")]
    [InlineData("198.51.100.1:port")]
    [InlineData("198.51.100.1:65536")]
    [InlineData("198.51.100.1:-1")]
    [InlineData("198.51.100.256")]
    [InlineData("198.51.100")]
    [InlineData("0xc6.51.100.1")]
    [InlineData("010.0.0.1")]
    [InlineData("3325256705")]
    [InlineData("[198.51.100.1]")]
    [InlineData("[2001:db8::1")]
    [InlineData("2001:db8::1]")]
    [InlineData("[2001:db8::1]4711")]
    [InlineData("[2001:db8::1]:")]
    [InlineData("[[2001:db8::1]]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[fe80::1%1]:80")]
    [InlineData("2001:db8::1::1")]
    [InlineData("198.51.100.1 198.51.100.2")]
    [InlineData("198.51.100.1;10.0.0.1")]
    [InlineData("198.51.100.1\0")]
    [InlineData("٣.٣.٣.٣")]
    public void What_is_no_address_leaves_it_at_who_said_it(string header)
    {
        Assert.Equal(Gateway, Known.Read(Gateway, [header], []).Client);
        Assert.Equal(IPAddress.Parse("10.0.0.2"), Known.Read(Gateway, [$"{header}, 10.0.0.2"], []).Client);
    }

    [Fact]
    public void Several_lines_are_one_list()
    {
        Assert.Equal(IPAddress.Parse("198.51.100.1"), Known.Read(Gateway, ["6.6.6.6", "198.51.100.1, 10.0.0.3", "10.0.0.2"], []).Client);
        Assert.Equal(IPAddress.Parse("198.51.100.1"), Known.Read(Gateway, ["198.51.100.1", null, ""], []).Client);
    }

    [Fact]
    public void A_proxy_that_says_nothing_is_the_client() => Assert.Equal(new ForwardedRequest(Gateway, null), Known.Read(Gateway, [], []));

    [Fact]
    public void A_unix_socket_has_no_address_and_is_trusted_when_it_is_said()
    {
        var sockets = new TrustedProxies(AddressList.Empty, sockets: true);

        Assert.True(sockets.Trusts(null));
        Assert.Equal(IPAddress.Parse("198.51.100.1"), sockets.Read(null, ["6.6.6.6, 198.51.100.1"], []).Client);
        Assert.Null(sockets.Read(null, ["garbage"], []).Client);
        Assert.False(Known.Trusts(null));
    }

    [Theory]
    [InlineData("198.51.100.1", "https", "https")]
    [InlineData("198.51.100.1", "HTTPS", "https")]
    [InlineData("198.51.100.1", "http", "http")]
    [InlineData("198.51.100.1", "ftp", null)]
    [InlineData("198.51.100.1", "https://", null)]
    [InlineData("198.51.100.1", "", null)]
    [InlineData("", "https", "https")]
    [InlineData("198.51.100.1", "https, http", "http")] // One proxy appended to what the client wrote.
    [InlineData("198.51.100.1, 10.0.0.2", "https, http", "https")] // Two appended; the client spoke to the outer one.
    [InlineData("198.51.100.1, 10.0.0.2", "https", "https")] // The inner one passed it on.
    [InlineData("6.6.6.6, 198.51.100.1, 10.0.0.2", "https, http, http", "http")]
    public void The_scheme_is_the_one_that_the_client_spoke(string addresses, string schemes, string? scheme) =>
        Assert.Equal(scheme, Known.Read(Gateway, [addresses], [schemes]).Scheme);
}
