using System.Text;
using Tumbler.Api.Tokens;

namespace Tumbler.Api.Tests.Tokens;

public class TokenFormTests
{
    private const int Seed = 20_310_203;

    /// <summary>The form as Latin-1, then <c>grant_type|scope|client_id|client_secret|resources</c>; <c>-</c> for none.</summary>
    [Theory]
    [InlineData("", "-|-|-|-|")]
    [InlineData("&&&", "-|-|-|-|")]
    [InlineData("=", "-|-|-|-|")]
    [InlineData("=a", "-|-|-|-|")]
    [InlineData("scope", "-|-|-|-|")]
    [InlineData("scope=", "-|-|-|-|")]
    [InlineData("grant_type=client_credentials", "client_credentials|-|-|-|")]
    [InlineData("grant_type=client_credentials&scope=read+write&client_id=i&client_secret=s", "client_credentials|read write|i|s|")]
    [InlineData("scope=read%20write", "-|read write|-|-|")]
    [InlineData("scope=a%2Bb%26c%3Dd", "-|a+b&c=d|-|-|")]
    [InlineData("scope=a=b=c", "-|a=b=c|-|-|")]
    [InlineData("s%63ope=x", "-|x|-|-|")]
    [InlineData("client%5Fid=x", "-|-|x|-|")]
    [InlineData("SCOPE=x&Scope=y", "-|-|-|-|")]
    [InlineData("client_secret=%D0%BA%D0%BB%D1%8E%D1%87", "-|-|-|ключ|")]
    [InlineData("client_secret=\xc3\xa9", "-|-|-|é|")]
    [InlineData("resource=https%3A%2F%2Fa&resource=https://b", "-|-|-|-|https://a,https://b")]
    [InlineData("resource=&resource=x", "-|-|-|-|x")]
    [InlineData("other=1&other=2&audience=3", "-|-|-|-|")]
    [InlineData("&scope=x&", "-|x|-|-|")]
    [InlineData("scope=%2525", "-|%25|-|-|")]
    public void A_form_is_read_field_by_field(string body, string fields)
    {
        Assert.True(TokenForm.TryParse(Encoding.Latin1.GetBytes(body), out var form, out var fault));
        Assert.Null(fault);
        Assert.Equal(fields, string.Join('|',
            form.GrantType ?? "-", form.Scope ?? "-", form.ClientId ?? "-", form.ClientSecret ?? "-", string.Join(',', form.Resources)));
    }

    [Theory]
    [InlineData("scope=%")]
    [InlineData("scope=%2")]
    [InlineData("scope=%zz")]
    [InlineData("scope=%2g")]
    [InlineData("scope=% 20")]
    [InlineData("sco%pe=x")]
    [InlineData("other=%")]
    [InlineData("scope=%ff")]
    [InlineData("scope=%C0%AF")]
    [InlineData("scope=%ED%A0%80")]
    [InlineData("scope=%F4%90%80%80")]
    [InlineData("scope=%C3&x=%A9")]
    [InlineData("scope=\xff")]
    [InlineData("\xfe=x")]
    [InlineData("scope=a&scope=a")]
    [InlineData("scope=&scope=a")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials")]
    [InlineData("client_id=a&client%5fid=b")]
    [InlineData("client_secret=a&x=1&client_secret=b")]
    public void A_broken_or_ambiguous_form_is_refused(string body)
    {
        Assert.False(TokenForm.TryParse(Encoding.Latin1.GetBytes(body), out _, out var fault));
        Assert.Matches(@"^[\x20-\x21\x23-\x5b\x5d-\x7e]+\z", fault);
    }

    [Fact]
    public void A_form_longer_than_the_stack_buffer_is_read_as_well()
    {
        var secret = new string('s', 50_000);
        Assert.True(TokenForm.TryParse(Encoding.ASCII.GetBytes($"client_secret={secret}&client_id=%69"), out var form, out _));
        Assert.Equal((secret, "i"), (form.ClientSecret, form.ClientId));
    }

    [Fact]
    public void Twenty_thousand_random_forms_are_read_or_refused_and_what_is_read_is_what_a_second_parser_reads()
    {
        var random = new Random(Seed);
        string[] pieces =
            ["&", "=", "%", "+", "%41", "%C3%A9", "%C3", "%zz", "%0", "\xff", "\0", "a", "grant_type", "scope", "client_id", "client_secret", "resource", "client_credentials"];
        var accepted = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var body = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (!TokenForm.TryParse(Encoding.Latin1.GetBytes(body), out var form, out _))
                continue;
            accepted++;
            Assert.Equal(Simply(body, "scope"), form.Scope);
            Assert.Equal(Simply(body, "client_id"), form.ClientId);
            Assert.Equal(Simply(body, "client_secret"), form.ClientSecret);
        }

        Assert.InRange(accepted, 1_000, 19_000);
    }

    /// <summary>The framework's decoder, lenient where ours is strict: it may only be asked about what ours has accepted.</summary>
    private static string? Simply(string body, string name) => body.Split('&')
        .Select(pair => pair.Split('=', 2))
        .Where(pair => System.Net.WebUtility.UrlDecode(pair[0]) == name && pair.Length == 2 && pair[1].Length > 0)
        .Select(pair => System.Net.WebUtility.UrlDecode(pair[1]))
        .FirstOrDefault();
}
