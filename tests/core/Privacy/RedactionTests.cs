using Tumbler.Core.Privacy;

namespace Tumbler.Core.Tests.Privacy;

public class RedactionTests
{
    [Theory]
    [InlineData("ann@example.com", "a***@example.com")]
    [InlineData("a@example.com", "a***@example.com")]
    [InlineData("\"x@y\"@example.com", "\"***@example.com")]
    [InlineData("@example.com", "***")]
    [InlineData("ann", "***")]
    [InlineData("", "***")]
    public void An_email_keeps_its_first_letter_and_its_domain(string address, string shown) =>
        Assert.Equal(shown, Redaction.Email(address));
}
