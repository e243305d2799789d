using System.Text;
using Tumbler.Api.Tokens;

namespace Tumbler.Api.Tests.Tokens;

public class BasicCredentialsTests
{
    private const int Seed = 20_310_203;

    [Theory]
    [InlineData("Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW", "s6BhdRkqt3", "gX1fBat3bV")] // RFC 6749 §2.3.1's example.
    [InlineData("basic czZCaGRSa3F0MzpnWDFmQmF0M2JW", "s6BhdRkqt3", "gX1fBat3bV")]
    [InlineData("BASIC  czZCaGRSa3F0MzpnWDFmQmF0M2JW ", "s6BhdRkqt3", "gX1fBat3bV")]
    [InlineData("Basic YTo=", "a", "")]
    public void Well_formed_credentials_are_read(string header, string id, string secret)
    {
        Assert.True(BasicCredentials.TryParse(header, out var readId, out var readSecret));
        Assert.Equal((id, secret), (readId, readSecret));
    }

    [Theory]
    [InlineData("a%20b:c+d", "a b", "c d")]
    [InlineData("a%3Ab:c", "a:b", "c")]
    [InlineData("a:b:c", "a", "b:c")]
    [InlineData("%D0%BA:%25", "к", "%")]
    public void Id_and_secret_are_form_encoded(string pair, string id, string secret)
    {
        Assert.True(BasicCredentials.TryParse($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}", out var readId, out var readSecret));
        Assert.Equal((id, secret), (readId, readSecret));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !")]
    [InlineData("Basic YTpi=")]
    [InlineData("Basic YQ==")] // no colon
    [InlineData("Basic OmI=")] // no id
    [InlineData("Basic YTol")] // %
    [InlineData("Basic YTr/")] // not UTF-8
    [InlineData("Bearer YTpi")]
    [InlineData("BasicYTpi")]
    public void Anything_else_is_not(string header) => Assert.False(BasicCredentials.TryParse(header, out _, out _));

    [Fact]
    public void Credentials_of_any_length_are_survived()
    {
        Assert.False(BasicCredentials.TryParse($"Basic {new string('A', 1_000_000)}", out _, out _));
        Assert.True(BasicCredentials.TryParse(
            $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"id:{new string('s', 2_000)}"))}", out _, out var secret));
        Assert.Equal(2_000, secret.Length);
    }

    [Fact]
    public void Twenty_thousand_random_headers_are_read_or_refused()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            var header = random.Next(2) == 0 ? Encoding.Latin1.GetString(bytes) : $"Basic {Convert.ToBase64String(bytes)}";
            if (BasicCredentials.TryParse(header, out var id, out _))
                Assert.NotEqual("", id);
        }
    }
}
