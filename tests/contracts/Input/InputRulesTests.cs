using Tumbler.Contracts.Input;

namespace Tumbler.Contracts.Tests.Input;

public class InputRulesTests
{
    [Theory]
    [InlineData("abc", true)]
    [InlineData("Acme_2", true)]
    [InlineData("___", true)]
    [InlineData("ab", false)]
    [InlineData("", false)]
    [InlineData("acme-2", false)]
    [InlineData("ac me", false)]
    [InlineData("äcme", false)]
    [InlineData("١٢٣", false)]
    [InlineData("acme\n", false)]
    public void A_slug_is_letters_digits_and_underscores(string text, bool valid) =>
        Assert.Equal(valid, InputRules.IsSlug(text));

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void A_slug_has_at_most_50_characters(int length, bool valid) =>
        Assert.Equal(valid, InputRules.IsSlug(new string('a', length)));

    [Theory]
    [InlineData("default", true)]
    [InlineData("a", true)]
    [InlineData("0-_", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("_a", false)]
    [InlineData("Default", false)]
    [InlineData("a.b", false)]
    [InlineData("a\n", false)]
    public void A_ring_id_is_a_lower_case_slug(string text, bool valid) => Assert.Equal(valid, InputRules.IsRingId(text));

    [Theory]
    [InlineData(1, true)]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void A_ring_id_has_1_to_50_characters(int length, bool valid) =>
        Assert.Equal(valid, InputRules.IsRingId(new string('a', length)));

    [Theory]
    [InlineData("a", true)]
    [InlineData("silo-1.example.org", true)]
    [InlineData("0_a", true)]
    [InlineData("", false)]
    [InlineData(".a", false)]
    [InlineData("Silo", false)]
    [InlineData("a:b", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("0123456789-0123456789-0123456789-0123456789-0123456789-01234567", true)]
    [InlineData("0123456789-0123456789-0123456789-0123456789-0123456789-012345678", false)]
    public void A_node_s_id_is_a_host_s_name_in_lower_case(string text, bool valid) => Assert.Equal(valid, InputRules.IsNodeId(text));

    [Theory]
    [InlineData("a", true)]
    [InlineData("3f-A_9", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\r", false)]
    [InlineData("a\n", false)]
    [InlineData("ä", false)]
    public void A_request_id_can_stand_in_a_log_line(string text, bool valid) =>
        Assert.Equal(valid, InputRules.IsRequestId(text));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_request_id_has_at_most_64_characters(int length, bool valid) =>
        Assert.Equal(valid, InputRules.IsRequestId(new string('a', length)));

    [Theory]
    [InlineData("!", true)]
    [InlineData("~", true)]
    [InlineData("\"quoted\"", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\x7f", false)]
    [InlineData("a\u0080", false)]
    public void An_idempotency_key_is_printable_ascii(string text, bool valid) =>
        Assert.Equal(valid, InputRules.IsIdempotencyKey(text));

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void An_idempotency_key_has_at_most_128_characters(int length, bool valid) =>
        Assert.Equal(valid, InputRules.IsIdempotencyKey(new string('a', length)));

    /// <summary>scope-token = 1*( %x21 / %x23-5B / %x5D-7E ), RFC 6749 §3.3.</summary>
    [Fact]
    public void A_scope_takes_exactly_the_characters_of_the_rfc()
    {
        for (var c = '\0'; c <= '\u00ff'; c++)
        {
            var allowed = c is '\x21' or (>= '\x23' and <= '\x5b') or (>= '\x5d' and <= '\x7e');
            Assert.Equal(allowed, InputRules.IsScope(c.ToString()));
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_scope_has_1_to_128_characters(int length, bool valid) =>
        Assert.Equal(valid, InputRules.IsScope(new string('a', length)));

    [Theory]
    [InlineData("https://api.example.com", true)]
    [InlineData("https://api.example.com:8443/v1?tenant=a%20b", true)]
    [InlineData("http://[2001:db8::1]/", true)]
    [InlineData("urn:example:orders", true)]
    [InlineData("api://orders", true)]
    [InlineData("", false)]
    [InlineData("orders", false)]
    [InlineData("/orders", false)]
    [InlineData("//host/orders", false)]
    [InlineData("file:///orders", false)]
    [InlineData("https://", false)]
    [InlineData("https://api.example.com/#part", false)]
    [InlineData("https://api.example.com/a b", false)]
    [InlineData("https://api.example.com/ä", false)]
    [InlineData("https:\\\\api.example.com", false)]
    [InlineData("https://api.example.com/\"", false)]
    [InlineData("https://api.example.com/<a>", false)]
    [InlineData("https://api.example.com/\n", false)]
    public void An_audience_is_an_absolute_uri_without_a_fragment(string text, bool valid) =>
        Assert.Equal(valid, InputRules.IsAudience(text));

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void An_audience_has_at_most_512_characters(int length, bool valid) =>
        Assert.Equal(valid, InputRules.IsAudience("https://a.example/".PadRight(length, 'a')));

    [Theory]
    [InlineData("ann@example.com", true)]
    [InlineData("Ann.Lee+tag@mail.example.co", true)]
    [InlineData("o'neil@example.com", true)]
    [InlineData("a@b.cd", true)]
    [InlineData("a@xn--e1afmkfd.xn--p1ai", true)]
    [InlineData("a_b-c@1.example.com", true)]
    [InlineData("", false)]
    [InlineData("ann", false)]
    [InlineData("@example.com", false)]
    [InlineData("ann@", false)]
    [InlineData("ann@example", false)]
    [InlineData("ann@@example.com", false)]
    [InlineData("a@b@example.com", false)]
    [InlineData(".ann@example.com", false)]
    [InlineData("ann.@example.com", false)]
    [InlineData("a..b@example.com", false)]
    [InlineData("ann lee@example.com", false)]
    [InlineData("\"ann\"@example.com", false)]
    [InlineData("Ann <ann@example.com>", false)]
    [InlineData("ann@-example.com", false)]
    [InlineData("ann@example-.com", false)]
    [InlineData("ann@example..com", false)]
    [InlineData("ann@example.c", false)]
    [InlineData("ann@example.1com", false)]
    [InlineData("ann@[192.0.2.1]", false)]
    [InlineData("ann@exämple.com", false)]
    [InlineData("ann@example.com\n", false)]
    [InlineData("ann@example.com\r\nBcc: b@example.com", false)]
    public void An_email_is_a_plain_address_at_a_domain(string text, bool valid) =>
        Assert.Equal(valid, InputRules.IsEmail(text));

    [Theory]
    [InlineData(64, 254, true)]
    [InlineData(65, 200, false)]
    [InlineData(64, 255, false)]
    public void An_email_keeps_to_the_lengths_of_rfc_5321(int localPart, int total, bool valid)
    {
        var local = new string('a', localPart) + "@";
        var domain = string.Concat(Enumerable.Repeat("abcdefghi.", 30))[^(total - local.Length - 3)..] + "com";
        Assert.Equal(total, (local + domain).Length);
        Assert.Equal(valid, InputRules.IsEmail(local + domain.TrimStart('.').PadLeft(domain.Length, 'x')));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_of_a_domain_has_at_most_63_characters(int length, bool valid) =>
        Assert.Equal(valid, InputRules.IsEmail($"a@{new string('b', length)}.com"));

    [Theory]
    [InlineData("1900-01-01", true)]
    [InlineData("2026-11-21", true)]
    [InlineData("2024-02-29", true)]
    [InlineData("2126-11-21", true)]
    [InlineData("2126-11-22", false)]
    [InlineData("1899-12-31", false)]
    [InlineData("2023-02-29", false)]
    [InlineData("2026-13-01", false)]
    [InlineData("2026-1-1", false)]
    [InlineData("26-01-01", false)]
    [InlineData("2026/01/01", false)]
    [InlineData("2026-01-01T00:00:00Z", false)]
    [InlineData(" 2026-01-01", false)]
    [InlineData("٢٠٢٦-٠١-٠١", false)]
    [InlineData("", false)]
    public void A_date_is_from_1900_to_a_hundred_years_ahead(string text, bool valid) =>
        Assert.Equal(valid, InputRules.IsDate(text, new DateOnly(2026, 11, 21)));

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("192.0.2.0/24", true)]
    [InlineData("192.0.2.1/32", true)]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:DB8:0:0::1", true)]
    [InlineData("2001:db8::/32", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:192.0.2.1", true)]
    [InlineData("::/0", true)]
    [InlineData("", false)]
    [InlineData("/", false)]
    [InlineData("localhost", false)]
    [InlineData("192.0.2.1/24", false)]
    [InlineData("192.0.2.0/33", false)]
    [InlineData("192.0.2.0/-1", false)]
    [InlineData("192.0.2.0/+8", false)]
    [InlineData("192.0.2.0/024", false)]
    [InlineData("192.0.2.0/", false)]
    [InlineData("192.0.2.0/24/24", false)]
    [InlineData("192.0.2.0/255.255.255.0", false)]
    [InlineData("2001:db8::1/32", false)]
    [InlineData("2001:db8::/129", false)]
    [InlineData("1", false)]
    [InlineData("0/8", false)]
    [InlineData("192.0.2", false)]
    [InlineData("0x7f.0.0.1", false)]
    [InlineData("010.0.0.1", false)]
    [InlineData("010.0.0.0/8", false)]
    [InlineData("3221225985", false)]
    [InlineData("192.0.2.1:80", false)]
    [InlineData("[::1]", false)]
    [InlineData("[::1]:80", false)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("fe80::1%2", false)]
    [InlineData(" 192.0.2.1", false)]
    [InlineData("192.0.2.1 ", false)]
    public void An_address_block_is_written_in_one_way_only(string text, bool valid) =>
        Assert.Equal(valid, InputRules.IsAddressBlock(text));
}
