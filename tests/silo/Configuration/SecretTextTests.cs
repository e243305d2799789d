using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Tests.Configuration;

public sealed class SecretTextTests
{
    [Theory]
    [InlineData("0123456789abcdef", "…cdef")]
    [InlineData("0123456789abcde", "…")]
    [InlineData("abcd", "…")]
    [InlineData("", "…")]
    public void A_secret_shows_at_most_its_last_four_characters(string secret, string shown) =>
        Assert.Equal(shown, new SecretText(secret).ToString());
}
