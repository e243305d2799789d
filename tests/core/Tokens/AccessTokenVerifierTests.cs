using System.Text;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Tokens;

public sealed class AccessTokenVerifierTests : IDisposable
{
    private static readonly PrivateKey Signer = Key(JwsAlgorithm.ES256);

    private readonly List<VerificationKey> keys = [Signer.PublicJwk(Kid(1)).Import()];

    public static TheoryData<JwsAlgorithm, int?> Keys => new()
    {
        { JwsAlgorithm.RS256, 2048 }, { JwsAlgorithm.RS256, 3072 }, { JwsAlgorithm.RS256, 4096 }, { JwsAlgorithm.RS384, null },
        { JwsAlgorithm.RS512, null }, { JwsAlgorithm.PS256, null }, { JwsAlgorithm.PS384, null }, { JwsAlgorithm.PS512, null },
        { JwsAlgorithm.ES256, null }, { JwsAlgorithm.ES384, null }, { JwsAlgorithm.ES512, null },
    };

    /// <summary>What is replaced in a good payload before it is signed, and by what.</summary>
    public static TheoryData<string, string, TokenFault> BadPayloads => new()
    {
        { GoodPayload, "", TokenFault.Malformed },
        { GoodPayload, "null", TokenFault.Malformed },
        { GoodPayload, "[]", TokenFault.Malformed },
        { GoodPayload, GoodPayload + "{}", TokenFault.Malformed },
        { GoodPayload, GoodPayload[..^1], TokenFault.Malformed },
        { GoodPayload, "{}", TokenFault.MissingClaim },
        { "\"iss\"", "\"iss\":\"a\",\"iss\"", TokenFault.Malformed },
        { "\"iss\"", "\"\\u0069ss\":\"a\",\"iss\"", TokenFault.Malformed },
        { "\"iss\"", "\"x\":[[[[[[[[1]]]]]]]],\"iss\"", TokenFault.Malformed },
        { "\"iss\"", "\"x\":{\"a\":1,\"a\":1},\"iss\"", TokenFault.Malformed },
        { "\"iss\"", "\"ISS\"", TokenFault.MissingClaim },
        { "\"sub\"", "\"sub_\"", TokenFault.MissingClaim },
        { "\"aud\"", "\"aud_\"", TokenFault.MissingClaim },
        { "\"client_id\"", "\"azp\"", TokenFault.MissingClaim },
        { "\"org\"", "\"org_\"", TokenFault.MissingClaim },
        { "\"jti\"", "\"jti_\"", TokenFault.MissingClaim },
        { "\"iat\"", "\"iat_\"", TokenFault.MissingClaim },
        { "\"nbf\"", "\"nbf_\"", TokenFault.MissingClaim },
        { "\"exp\"", "\"exp_\"", TokenFault.MissingClaim },
        { "\"s1\"", "1", TokenFault.Malformed },
        { "\"s1\"", "null", TokenFault.Malformed },
        { "\"s1\"", "\"\"", TokenFault.Malformed },
        { "\"s1\"", "[\"s1\"]", TokenFault.Malformed },
        { "\"s1\"", "\"\\ud800\"", TokenFault.Malformed },
        { "\"j1\"", "{}", TokenFault.Malformed },
        { "\"c1\"", "true", TokenFault.Malformed },
        { "\"o1\"", "[]", TokenFault.Malformed },
        { "\"a b\"", "\"\"", TokenFault.Malformed },
        { "\"a b\"", "\"a  b\"", TokenFault.Malformed },
        { "\"a b\"", "\" a\"", TokenFault.Malformed },
        { "\"a b\"", "[\"a\",\"b\"]", TokenFault.Malformed },
        { "\"a b\"", "null", TokenFault.Malformed },
        { $"\"{Audience}\"", "[]", TokenFault.Malformed },
        { $"\"{Audience}\"", "\"\"", TokenFault.Malformed },
        { $"\"{Audience}\"", $"[\"{Audience}\",1]", TokenFault.Malformed },
        { $"\"{Audience}\"", $"[[\"{Audience}\"]]", TokenFault.Malformed },
        { $"\"{Audience}\"", $"{{\"a\":\"{Audience}\"}}", TokenFault.Malformed },
        { $"\"{Audience}\"", "\"https://api.example/\"", TokenFault.WrongAudience },
        { $"\"{Audience}\"", "[\"https://API.example\",\"urn:b\"]", TokenFault.WrongAudience },
        { $"\"{Issuer}\"", "\"https://issuer.example/\"", TokenFault.WrongIssuer },
        { $"\"{Issuer}\"", "\"https://evil.example\"", TokenFault.WrongIssuer },
        { "\"exp\":1772366700", "\"exp\":\"1772366700\"", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":1772366700.5", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":1772366700.0", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":1.7723667e9", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":1e400", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":-1", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":-0.1", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":01772366700", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":null", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":true", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":253402300800", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":9223372036854775807", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":9223372036854775808", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":99999999999999999999999999999999", TokenFault.Malformed },
        { "\"exp\":1772366700", "\"exp\":0", TokenFault.Expired },
        { "\"nbf\":1772366400", "\"nbf\":1772366400.1", TokenFault.Malformed },
        { "\"nbf\":1772366400", "\"nbf\":253402300799", TokenFault.NotYetValid },
        { "\"iat\":1772366400", "\"iat\":[1772366400]", TokenFault.Malformed },
        { "\"iat\":1772366400", "\"iat\":-1", TokenFault.Malformed },
    };

    private static string GoodHeader => $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{Kid(1)}}"}""";

    private static string GoodPayload =>
        $$"""{"iss":"{{Issuer}}","sub":"s1","aud":"{{Audience}}","client_id":"c1","scope":"a b","org":"o1","jti":"j1","iat":1772366400,"nbf":1772366400,"exp":1772366700}""";

    public void Dispose() => keys.ForEach(key => key.Dispose());

    [Theory, MemberData(nameof(Keys))]
    public void A_token_gives_back_its_claims(JwsAlgorithm algorithm, int? rsaBits)
    {
        var key = Key(algorithm, rsaBits);
        using var verifier = key.PublicJwk(Kid(3)).Import();

        var token = Accepted(AccessTokenVerifier.Verify(Token(key, Kid(3)), [verifier], Expected, Now));

        Assert.Equal(Kid(3), token.Kid);
        Assert.Equal(Claims.Audiences, token.Claims.Audiences);
        Assert.Equal(Claims, token.Claims with { Audiences = Claims.Audiences });
    }

    [Fact]
    public void A_token_without_scopes_and_with_several_audiences_gives_them_back()
    {
        var claims = Claims with { Scope = "", Audiences = ["urn:a", Audience] };

        var token = Accepted(Verify(Token(Signer, Kid(1), claims)));

        Assert.Equal("", token.Claims.Scope);
        Assert.Equal(["urn:a", Audience], token.Claims.Audiences);
    }

    [Theory, MemberData(nameof(BadPayloads))]
    public void A_claims_set_that_is_not_exactly_right_is_refused_though_it_is_signed(string part, string replacement, TokenFault fault)
    {
        Accepted(Verify(Samples.Sign(Signer, GoodHeader, GoodPayload)));

        var bad = GoodPayload.Replace(part, replacement, StringComparison.Ordinal);

        Assert.NotEqual(GoodPayload, bad);
        Assert.Equal(fault, Fault(Verify(Samples.Sign(Signer, GoodHeader, bad))));
    }

    [Theory]
    [InlineData("\"at+jwt\"", null)]
    [InlineData("\"AT+JWT\"", null)]
    [InlineData("\"application/at+jwt\"", null)]
    [InlineData("\"Application/At+Jwt\"", null)]
    [InlineData("\"JWT\"", TokenFault.WrongType)]
    [InlineData("\"at+jwt \"", TokenFault.WrongType)]
    [InlineData("\"\"", TokenFault.WrongType)]
    [InlineData("\"secevent+jwt\"", TokenFault.WrongType)]
    [InlineData("\"application/application/at+jwt\"", TokenFault.WrongType)]
    public void Only_an_access_token_is_one(string type, TokenFault? fault) =>
        Assert.Equal(fault, Fault(Verify(Samples.Sign(Signer, GoodHeader.Replace("\"at+jwt\"", type, StringComparison.Ordinal), GoodPayload))));

    [Fact]
    public void A_token_without_a_type_is_none() =>
        Assert.Equal(TokenFault.WrongType, Fault(Verify(Samples.Sign(Signer, """{"alg":"ES256"}""", GoodPayload))));

    [Fact]
    public void A_segment_that_is_no_base64url_is_malformed()
    {
        var good = Samples.Sign(Signer, GoodHeader, GoodPayload).Split('.');
        foreach (var bad in (string[])["=", "!", " ", "\n", "ä", "+", "/"])
        {
            Assert.Equal(TokenFault.Malformed, Fault(Verify($"{good[0]}.{good[1]}{bad}.{good[2]}")));
            Assert.Equal(TokenFault.Malformed, Fault(Verify($"{good[0]}.{good[1]}.{good[2]}{bad}")));
            Assert.Equal(TokenFault.Malformed, Fault(Verify($"{good[0]}.{good[1]}.{bad}{good[2]}")));
        }
    }

    [Fact]
    public void A_payload_that_is_no_UTF8_is_malformed()
    {
        var input = $"{Encode(GoodHeader)}.{Encode([.. "{\"iss\":\""u8, 0xff, .. "\"}"u8])}";

        Assert.Equal(TokenFault.Malformed, Fault(Verify($"{input}.{Encode(Samples.Signature(Signer, input))}")));
    }

    [Fact]
    public void A_token_that_is_too_long_is_malformed_whatever_signs_it()
    {
        var payload = GoodPayload.Replace("\"s1\"", $"\"{new string('s', CompactJws.MaxSize)}\"", StringComparison.Ordinal);

        Assert.Equal(TokenFault.Malformed, Fault(Verify(Samples.Sign(Signer, GoodHeader, payload))));
        Assert.Equal(TokenFault.Malformed, Fault(Verify(new string('a', 10_000_000))));
    }

    [Fact]
    public void Text_and_bytes_verify_alike()
    {
        var token = Token(Signer, Kid(1));

        Accepted(AccessTokenVerifier.Verify(Encoding.ASCII.GetBytes(token), keys, Expected, Now));
        Accepted(AccessTokenVerifier.Verify(token, keys, Expected, Now));
    }

    [Fact]
    public void A_kid_chooses_the_key_and_no_other_is_tried()
    {
        using var other = PrivateKey.Generate(JwsAlgorithm.ES256);
        keys.Insert(0, other.PublicJwk(Kid(2)).Import());

        Assert.Equal(Kid(1), Accepted(Verify(Token(Signer, Kid(1)))).Kid);
        Assert.Equal(TokenFault.BadSignature, Fault(Verify(Token(Signer, Kid(2)))));
        Assert.Equal(TokenFault.UnknownKey, Fault(Verify(Token(Signer, Kid(3)))));
    }

    [Theory, InlineData(""), InlineData("x"), InlineData("../../key"), InlineData("0 OR 1=1")]
    public void A_kid_of_any_other_form_is_an_unknown_key(string kid) =>
        Assert.Equal(
            TokenFault.UnknownKey,
            Fault(Verify(Samples.Sign(Signer, GoodHeader.Replace(Kid(1).ToString(), kid, StringComparison.Ordinal), GoodPayload))));

    [Fact]
    public void A_kid_is_compared_case_sensitively()
    {
        keys.Add(Signer.PublicJwk(Kid(0xabc)).Import());
        var header = GoodHeader.Replace(Kid(1).ToString(), Kid(0xabc).ToString(), StringComparison.Ordinal);

        Accepted(Verify(Samples.Sign(Signer, header, GoodPayload)));
        Assert.Equal(
            TokenFault.UnknownKey,
            Fault(Verify(Samples.Sign(Signer, header.Replace("abc", "ABC", StringComparison.Ordinal), GoodPayload))));
    }

    [Fact]
    public void Without_a_kid_every_key_of_the_algorithm_is_tried()
    {
        using var newer = PrivateKey.Generate(JwsAlgorithm.ES256);
        using var stranger = PrivateKey.Generate(JwsAlgorithm.ES256);
        const string header = """{"alg":"ES256","typ":"at+jwt"}""";
        keys.Insert(0, Key(JwsAlgorithm.RS256).PublicJwk(Kid(3)).Import());
        keys.Insert(0, newer.PublicJwk(Kid(2)).Import());

        Assert.Equal(Kid(2), Accepted(Verify(Samples.Sign(newer, header, GoodPayload))).Kid);
        Assert.Equal(Kid(1), Accepted(Verify(Samples.Sign(Signer, header, GoodPayload))).Kid);
        Assert.Equal(TokenFault.BadSignature, Fault(Verify(Samples.Sign(stranger, header, GoodPayload))));
        Assert.Equal(
            TokenFault.AlgorithmNotAllowed,
            Fault(Verify(Samples.Sign(Signer, """{"alg":"PS256","typ":"at+jwt"}""", GoodPayload))));
        Assert.Equal(TokenFault.UnknownKey, Fault(AccessTokenVerifier.Verify(Samples.Sign(Signer, header, GoodPayload), [], Expected, Now)));
    }

    [Theory]
    [InlineData("PS256"), InlineData("RS384"), InlineData("ES256"), InlineData("none"), InlineData("None"), InlineData("HS256")]
    public void A_relabelled_token_of_an_RSA_key_is_refused(string alg)
    {
        var key = Key(JwsAlgorithm.RS256);
        keys.Add(key.PublicJwk(Kid(9)).Import());
        var token = Token(key, Kid(9)).Split('.');
        var header = Encode($$"""{"alg":"{{alg}}","typ":"at+jwt","kid":"{{Kid(9)}}"}""");

        Accepted(Verify(string.Join('.', token)));
        Assert.Equal(TokenFault.AlgorithmNotAllowed, Fault(Verify($"{header}.{token[1]}.{token[2]}")));

        // Also when what is signed is the new header: the key's own algorithm decides.
        var input = $"{header}.{token[1]}";
        Assert.Equal(TokenFault.AlgorithmNotAllowed, Fault(Verify($"{input}.{Encode(Samples.Signature(key, input))}")));
    }

    [Fact]
    public void A_token_signed_by_HMAC_with_the_public_key_as_the_secret_is_refused()
    {
        var input = $"{Encode(GoodHeader.Replace("ES256", "HS256", StringComparison.Ordinal))}.{Encode(GoodPayload)}";
        var secret = Encoding.UTF8.GetBytes(Json(Signer.PublicJwk(Kid(1))));
        var mac = System.Security.Cryptography.HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input));

        Assert.Equal(TokenFault.AlgorithmNotAllowed, Fault(Verify($"{input}.{Encode(mac)}")));
    }

    [Fact]
    public void A_token_of_an_EC_key_with_the_name_of_an_RSA_algorithm_is_refused() =>
        Assert.Equal(
            TokenFault.AlgorithmNotAllowed,
            Fault(Verify(Samples.Sign(Signer, GoodHeader.Replace("ES256", "RS256", StringComparison.Ordinal), GoodPayload))));

    [Fact]
    public void A_key_that_the_header_brings_is_not_believed()
    {
        using var evil = PrivateKey.Generate(JwsAlgorithm.ES256);
        var header = GoodHeader.Replace("{", $"{{\"jwk\":{Json(evil.PublicJwk(Kid(1)))},\"jku\":\"https://evil.example\",", StringComparison.Ordinal);

        Assert.Equal(TokenFault.BadSignature, Fault(Verify(Samples.Sign(evil, header, GoodPayload))));
    }

    [Fact]
    public void The_claims_of_an_unsigned_token_are_never_looked_at() =>
        Assert.Equal(TokenFault.BadSignature, Fault(Verify($"{Encode(GoodHeader)}.{Encode("{}")}.{Encode(new byte[64])}")));

    [Theory]
    [InlineData(0, 299, null), InlineData(0, 300, TokenFault.Expired)]
    [InlineData(30, 329, null), InlineData(30, 330, TokenFault.Expired)]
    [InlineData(60, 359.999, null), InlineData(60, 360, TokenFault.Expired)]
    [InlineData(0, 0, null), InlineData(0, -0.001, TokenFault.NotYetValid)]
    [InlineData(30, -30, null), InlineData(30, -30.001, TokenFault.NotYetValid)]
    public void A_token_is_valid_from_nbf_until_just_before_exp_give_or_take_the_skew(double skew, double seconds, TokenFault? fault)
    {
        var expected = new AccessTokenExpectations(Issuer, Audience, TimeSpan.FromSeconds(skew));

        Assert.Equal(fault, Fault(AccessTokenVerifier.Verify(Token(Signer, Kid(1)), keys, expected, Now.AddSeconds(seconds))));
    }

    [Fact]
    public void Without_an_expected_audience_any_will_do() =>
        Accepted(AccessTokenVerifier.Verify(Token(Signer, Kid(1)), keys, new AccessTokenExpectations(Issuer), Now));

    private TokenVerdict Verify(string token) => AccessTokenVerifier.Verify(token, keys, Expected, Now);
}
