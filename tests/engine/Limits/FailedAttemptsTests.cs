using System.Net;
using Tumbler.Contracts.Limits;
using Tumbler.Engine.Limits;
using Tumbler.Tests.Clock;

namespace Tumbler.Engine.Tests.Limits;

public class FailedAttemptsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualClock clock = new(Installation.Start);
    private readonly FailedAttempts attempts;

    public FailedAttemptsTests() => attempts = new FailedAttempts(new QuotaRule(3, Minute), clock);

    [Fact]
    public void From_the_limit_on_it_says_how_long_the_window_still_is()
    {
        for (var n = 0; n < 3; n++)
            Assert.Null(Fail("192.0.2.1"));
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(40), Fail("192.0.2.1"));
        Assert.Null(Fail("192.0.2.2"));
    }

    [Fact]
    public void A_new_window_begins_with_the_first_failure_after_the_last_one()
    {
        for (var n = 0; n < 9; n++)
            Fail("192.0.2.1");
        clock.Advance(Minute);
        Assert.False(attempts.IsOver("192.0.2.1"));
        for (var n = 0; n < 3; n++)
            Assert.Null(Fail("192.0.2.1"));
        Assert.Equal(Minute, Fail("192.0.2.1"));
    }

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.2", false)]
    [InlineData("local", false)]
    [InlineData("", false)]
    public void Whoever_asks_knows_by_the_address_whether_the_next_one_is_too_many(string source, bool over)
    {
        Assert.False(attempts.IsOver(source));
        for (var n = 0; n < 3; n++)
            Fail("192.0.2.1");
        Assert.Equal(over, attempts.IsOver(source));
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:0:1::1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    public void Ipv6_counts_by_its_network(string first, string second, bool together)
    {
        for (var n = 0; n < 3; n++)
            Fail(first);
        Assert.Equal(together, Fail(second) is not null);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void An_address_is_named_as_it_is_counted(string address, string name) => Assert.Equal(name, FailedAttempts.NameOf(IPAddress.Parse(address)));

    [Fact]
    public void Without_a_rule_or_an_address_nothing_is_counted()
    {
        var off = new FailedAttempts(null, clock);
        for (var n = 0; n < 9; n++)
        {
            Assert.Null(off.Add(IPAddress.Loopback));
            Assert.Null(attempts.Add(null));
        }

        Assert.Equal((0, 0), (off.Count, attempts.Count));
    }

    [Fact]
    public void Ever_new_addresses_take_no_more_memory_and_the_oldest_are_forgotten()
    {
        for (var n = 0; n < 3; n++)
            Fail("192.0.2.1");
        for (var n = 0; n < FailedAttempts.Most + 500; n++)
            attempts.Add(new IPAddress([10, (byte)(n >> 16), (byte)(n >> 8), (byte)n]));
        Assert.Equal(FailedAttempts.Most, attempts.Count);
        Assert.False(attempts.IsOver("192.0.2.1"));
    }

    [Fact]
    public void What_is_over_is_forgotten_by_and_by()
    {
        for (var n = 0; n < 1000; n++)
            attempts.Add(new IPAddress([10, 0, (byte)(n >> 8), (byte)n]));
        clock.Advance(Minute);
        for (var n = 0; n < 500; n++)
            Fail("192.0.2.1");
        Assert.Equal(1, attempts.Count);
    }

    [Fact]
    public void Many_fail_at_once_and_each_is_counted()
    {
        var large = new FailedAttempts(new QuotaRule(40_000, Minute), clock);
        Parallel.For(0, 4, _ =>
        {
            for (var n = 0; n < 10_000; n++)
                Assert.Null(large.Add(IPAddress.Loopback));
        });
        Assert.NotNull(large.Add(IPAddress.Loopback));
        Assert.Equal(1, large.Count);
    }

    private TimeSpan? Fail(string address) => attempts.Add(IPAddress.Parse(address));
}
