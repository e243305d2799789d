using System.Text;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Tokens;

public sealed class CompactJwsTests
{
    private const string Good = """{"alg":"ES256","typ":"at+jwt","kid":"k"}""";

    public static TheoryData<JoseVector> Vectors => new(JoseVector.All);

    public static TheoryData<string> BadShapes =>
    [
        "", ".", "..", "...", "a", "a.b", Encode(Good), $"{Encode(Good)}.e30", $"{Encode(Good)}..AA", $"{Encode(Good)}.e30.",
        $".{Encode(Good)}.e30", $"{Encode(Good)}.e30.AA.AA", $"{Encode(Good)}.e30.AA.", $"{Encode(Good)}.e30.AA.AA.AA",
        $" {Encode(Good)}.e30.AA", $"{Encode(Good)}\n.e30.AA", $"{Encode(Good)}=.e30.AA", $"{Encode(Good)}A.e30.AA",
        $"Bearer {Encode(Good)}.e30.AA",
    ];

    public static TheoryData<string, TokenFault> BadHeaders => new()
    {
        { "", TokenFault.Malformed },
        { "null", TokenFault.Malformed },
        { "[]", TokenFault.Malformed },
        { "\"ES256\"", TokenFault.Malformed },
        { "{}", TokenFault.Malformed },
        { Good + " x", TokenFault.Malformed },
        { Good + Good, TokenFault.Malformed },
        { """{"alg":"ES256",}""", TokenFault.Malformed },
        { """{"alg":"ES256"/**/}""", TokenFault.Malformed },
        { """{'alg':'ES256'}""", TokenFault.Malformed },
        { """{"typ":"at+jwt"}""", TokenFault.Malformed },
        { """{"alg":null}""", TokenFault.Malformed },
        { """{"alg":256}""", TokenFault.Malformed },
        { """{"alg":["ES256"]}""", TokenFault.Malformed },
        { """{"alg":"ES256","alg":"ES256"}""", TokenFault.Malformed },
        { """{"alg":"none","alg":"ES256"}""", TokenFault.Malformed },
        { """{"alg":"none","\u0061lg":"ES256"}""", TokenFault.Malformed },
        { """{"alg":"ES256","x":{"a":1,"a":1}}""", TokenFault.Malformed },
        { """{"alg":"ES256","x":[[[[[[[[1]]]]]]]]}""", TokenFault.Malformed },
        { """{"alg":"ES256","crit":["exp"],"exp":1}""", TokenFault.Malformed },
        { """{"alg":"ES256","crit":[]}""", TokenFault.Malformed },
        { """{"alg":"ES256","crit":null}""", TokenFault.Malformed },
        { """{"alg":"ES256","b64":false,"crit":["b64"]}""", TokenFault.Malformed },
        { """{"alg":"ES256","b64":true}""", TokenFault.Malformed },
        { """{"alg":"ES256","typ":1}""", TokenFault.Malformed },
        { """{"alg":"ES256","typ":null}""", TokenFault.Malformed },
        { """{"alg":"ES256","kid":1}""", TokenFault.Malformed },
        { """{"alg":"ES256","kid":null}""", TokenFault.Malformed },
        { """{"alg":"ES256","kid":["k"]}""", TokenFault.Malformed },
        { """{"alg":"ES256","kid":"\ud800"}""", TokenFault.Malformed },
        { """{"alg":"\ud800"}""", TokenFault.Malformed },
        { """{"alg":"ES256","\ud800":1}""", TokenFault.Malformed },
        { """{"alg":"none"}""", TokenFault.AlgorithmNotAllowed },
        { """{"alg":"None"}""", TokenFault.AlgorithmNotAllowed },
        { """{"alg":""}""", TokenFault.AlgorithmNotAllowed },
        { """{"alg":"HS256"}""", TokenFault.AlgorithmNotAllowed },
        { """{"alg":"HS512"}""", TokenFault.AlgorithmNotAllowed },
        { """{"alg":"es256"}""", TokenFault.AlgorithmNotAllowed },
        { """{"alg":"ES256 "}""", TokenFault.AlgorithmNotAllowed },
        { """{"alg":"ES256K"}""", TokenFault.AlgorithmNotAllowed },
        { """{"alg":"EdDSA"}""", TokenFault.AlgorithmNotAllowed },
        { """{"alg":"RS1"}""", TokenFault.AlgorithmNotAllowed },
        { """{"alg":"6"}""", TokenFault.AlgorithmNotAllowed },
    };

    [Theory, MemberData(nameof(Vectors))]
    public void A_published_example_verifies_and_a_changed_one_does_not(JoseVector vector)
    {
        using var key = Parse(vector.Jwk).Import();
        Assert.True(CompactJws.TryParse(Encoding.ASCII.GetBytes(vector.Token), out var jws, out _));

        Assert.Equal(key.Algorithm, jws.Header.Algorithm);
        Assert.Equal(vector.Source.StartsWith("RFC 7520", StringComparison.Ordinal) ? "bilbo.baggins@hobbiton.example" : null, jws.Header.Kid);

        var signature = Decode(Encoding.ASCII.GetString(jws.Signature));
        Assert.True(key.Verify(jws.SigningInput, signature));
        Assert.False(key.Verify(jws.SigningInput[1..], signature));
        signature[^1] ^= 1;
        Assert.False(key.Verify(jws.SigningInput, signature));
    }

    [Theory, MemberData(nameof(BadShapes))]
    public void Anything_but_three_segments_is_malformed(string token) => Assert.Equal(TokenFault.Malformed, Refused(token));

    [Theory, MemberData(nameof(BadHeaders))]
    public void A_header_that_is_not_exactly_right_is_refused(string header, TokenFault fault) =>
        Assert.Equal(fault, Refused($"{Encode(header)}.e30.AA"));

    // The last character of a partial group carries two or four bits that mean nothing: only zeros are the value's own spelling.
    [Theory, InlineData("""{"alg":"ES256"}  """, 4), InlineData("""{"alg":"ES256"} """, 16)]
    public void A_header_has_one_spelling(string header, int spellings)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var encoded = Encode(header);
        var last = alphabet.IndexOf(encoded[^1], StringComparison.Ordinal);
        Assert.Null(Refused($"{encoded}.e30.AA"));

        for (var stray = 1; stray < spellings; stray++)
            Assert.Equal(TokenFault.Malformed, Refused($"{encoded[..^1]}{alphabet[last + stray]}.e30.AA"));
    }

    [Fact]
    public void A_header_that_is_no_UTF8_is_malformed() =>
        Assert.Equal(TokenFault.Malformed, Refused($"{Encode([.. "{\"alg\":\"ES256\",\"kid\":\""u8, 0xc3, .. "\"}"u8])}.e30.AA"));

    [Fact]
    public void The_greatest_size_is_accepted_and_one_byte_more_is_not()
    {
        var token = $"{Encode(Good)}.e30.";
        token += new string('A', CompactJws.MaxSize - token.Length);

        Assert.Null(Refused(token));
        Assert.Equal(TokenFault.Malformed, Refused(token + "A"));
    }

    [Fact]
    public void A_header_gives_what_it_says_and_nothing_that_it_brings()
    {
        var header = """{"jwk":{"kty":"oct","k":"AA"},"jku":"https://evil.example","x5c":["AA"],"kid":"k","typ":"T","alg":"PS384"}""";
        Assert.True(CompactJws.TryParse(Encoding.ASCII.GetBytes($"{Encode(header)}.e30.AA"), out var jws, out _));

        Assert.Equal(new JwsHeader(JwsAlgorithm.PS384, "T", "k"), jws.Header);
    }

    private static TokenFault? Refused(string token) =>
        CompactJws.TryParse(Encoding.UTF8.GetBytes(token), out _, out var fault) ? null : fault;
}
