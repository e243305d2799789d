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

    [Theory]
    [InlineData("Иванов Иван Иванович", "И*** И*** И***")]
    [InlineData("  Иванов\tИван\u00a0Иванович ", "И*** И*** И***")]
    [InlineData("Ann", "A***")]
    [InlineData("И", "И***")]
    [InlineData("", "")]
    [InlineData("e\u0301mile zola", "e\u0301*** z***")]
    [InlineData("\u200fמשה כהן", "מ*** כ***")]
    [InlineData("محمد علي", "م*** ع***")]
    [InlineData("👩‍👩‍👧‍👦 Ann", "👩*** A***")]
    [InlineData("👍🏽 Bo", "👍🏽*** B***")]
    [InlineData("𝒜nn", "𝒜***")]
    [InlineData("И*** И*** И***", "И*** И*** И***")]
    public void A_name_becomes_its_initials(string name, string shown) => Assert.Equal(shown, Redaction.Name(name));

    /// <summary>Not as inline data: the compiler would mend it.</summary>
    [Fact]
    public void Half_a_character_is_not_handed_on() => Assert.Equal("*** A***", Redaction.Name($"{(char)0xd800} Ann"));

    [Theory]
    [InlineData("4509 123456", "****3456")]
    [InlineData("12345678", "****")]
    [InlineData("123456789", "****6789")]
    [InlineData("٠١٢٣٤٥٦٧٨٩", "****٦٧٨٩")]
    [InlineData("", "****")]
    [InlineData("****6789", "****6789")]
    [InlineData("AB 12\u0301 34 56 78", "****6 78")]
    public void An_identifier_keeps_its_last_four(string identifier, string shown) => Assert.Equal(shown, Redaction.Identifier(identifier));

    [Fact]
    public void What_was_made_to_be_long_is_not_shown_at_length()
    {
        var marks = new string('\u0301', 100_000);

        Assert.Equal("a***", Redaction.Name($"a{marks}"));
        Assert.Equal("****", Redaction.Identifier($"123456789{marks}"));
        Assert.Equal(10, Redaction.Name(string.Concat(Enumerable.Repeat("a ", 100_000))).Split(' ').Length);
    }

    [Theory]
    [InlineData("password", "correct horse", "****")]
    [InlineData("client_secret", "0123456789abcdef", "****cdef")]
    [InlineData("X-Admin-Key", "0123456789abcdef", "****cdef")]
    [InlineData("AdminKey", "0123456789abcdef", "****cdef")]
    [InlineData("Authorization", "Bearer 0123456789abcdef", "****cdef")]
    [InlineData("full_name", "Иванов Иван", "И*** И***")]
    [InlineData("Фамилия", "Иванов", "И***")]
    [InlineData("passport", "4509 123456", "****3456")]
    [InlineData("email", "ann@example.com", "a***@example.com")]
    [InlineData("token_type", "Bearer", "Bearer")]
    [InlineData("kid", "5f0c7a1e-7f0e-4d0b-9f59-0a0d2b8b6e51", "5f0c7a1e-7f0e-4d0b-9f59-0a0d2b8b6e51")]
    [InlineData("name", "Acme GmbH", "Acme GmbH")]
    [InlineData("reason", "lost ann@example.com's laptop", "lost a***@example.com's laptop")]
    public void A_values_name_says_what_may_be_shown_of_it(string name, string value, string shown) =>
        Assert.Equal(shown, Redaction.Value(name, value));
}
