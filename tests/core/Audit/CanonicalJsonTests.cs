using System.Text;
using System.Text.Json;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public class CanonicalJsonTests
{
    [Fact]
    public void Writes_the_example_of_rfc_8785_3_2_2_as_the_bytes_of_3_2_4()
    {
        const string document = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string bytes =
            "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b33333333333333"
            + "33332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac24"
            + "5c75303030665c6e4127425c225c5c5c5c5c222f227d";
        Assert.Equal(bytes, Convert.ToHexStringLower(CanonicalJson.Of(Encoding.UTF8.GetBytes(document))));
    }

    [Fact]
    public void Sorts_the_example_of_rfc_8785_3_2_3_by_utf_16_code_units()
    {
        const string document = """
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """;
        using var canonical = JsonDocument.Parse(CanonicalJson.Of(Encoding.UTF8.GetBytes(document)));
        Assert.Equal(
            [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
                "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
            ],
            canonical.RootElement.EnumerateObject().Select(member => member.Value.GetString()));
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData(" [ ] ", "[]")]
    [InlineData("{ }", "{}")]
    [InlineData("[1, [2, {\"b\": [], \"a\": {}}]]", "[1,[2,{\"a\":{},\"b\":[]}]]")]
    [InlineData("{\"b\":1,\"a\":2,\"aa\":3,\"A\":4,\"\":5}", "{\"\":5,\"A\":4,\"a\":2,\"aa\":3,\"b\":1}")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e9", "0")]
    [InlineData("100", "100")]
    [InlineData("1e2", "100")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1e-400", "0")]
    [InlineData("\"\\u0000\\u001F\\u007f\\b\\t\\n\\f\\r\\/\\u2028\"", "\"\\u0000\\u001f\u007f\\b\\t\\n\\f\\r/\u2028\"")]
    [InlineData("\"\\ud83d\\ude00\"", "\"\ud83d\ude00\"")]
    public void Has_one_form_for_each_value(string document, string canonical) =>
        Assert.Equal(canonical, Canonical(document));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("\uFEFF{}")]
    [InlineData("[1,]")]
    [InlineData("[01]")]
    [InlineData("[NaN]")]
    [InlineData("[Infinity]")]
    [InlineData("[1e400]")]
    [InlineData("[-1e400]")]
    [InlineData("// comment\n1")]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{\"a\":1,\"b\":2,\"\\u0061\":3}")]
    [InlineData("{\"a\":{\"b\":1,\"b\":1}}")]
    [InlineData("\"\\ud83d\"")]
    [InlineData("\"\\ude00\\ud83d\"")]
    [InlineData("{\"\\ud83d\":1}")]
    public void Refuses_what_is_not_i_json(string document) => Assert.Throws<FormatException>(() => Canonical(document));

    [Fact]
    public void Refuses_bytes_that_are_not_utf_8() =>
        Assert.Throws<FormatException>(() => CanonicalJson.Of(new byte[] { (byte)'"', 0xff, (byte)'"' }));

    private static string Canonical(string document) =>
        Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(document)));
}
