using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tumbler.Client.Keys;
using Tumbler.Client.Tests.Issuers;
using Tumbler.Client.Tokens;

namespace Tumbler.Client.Tests.Tokens;

public sealed class TokenVerifierTests
{
    private const string Issuer = "https://tokens.example";
    private const string Header = """{"alg":"ES256","typ":"at+jwt","kid":"the-key"}""";

    private static readonly DateTimeOffset Now = Verifiers.Noon;

    private readonly TestKey key = TestKey.New(kid: "the-key");

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public void A_token_of_each_algorithm_is_taken(string algorithm)
    {
        var key = TestKey.New(algorithm);

        var result = Verify(key.Sign(Claims()), Set(key));

        Assert.True(result.IsValid, result.Fault.ToString());
        Assert.Equal(key.Kid, result.Token.KeyId);
    }

    [Fact]
    public void What_a_token_says_is_there()
    {
        var claims = Claims();

        var token = Verify(key.Sign(claims)).Token!;

        Assert.Equal(Issuer, token.Issuer);
        Assert.Equal((string?)claims["sub"], token.Subject);
        Assert.Equal((string?)claims["client_id"], token.ClientId);
        Assert.Equal((string?)claims["jti"], token.TokenId);
        Assert.Equal("acme", token.Organization);
        Assert.Equal(TestClaims.Audience, token.Audience);
        Assert.Equal(Now.AddSeconds(300), token.ExpiresAt);
        Assert.True(token.HasScope("orders:read"));
        Assert.False(token.HasScope("orders"));
        using var all = token.ReadClaims();
        Assert.Equal("acme", all.RootElement.GetProperty("org").GetString());
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"at+jwt"}""", TokenFault.AlgorithmNotAllowed)]
    [InlineData("""{"alg":"HS256","typ":"at+jwt"}""", TokenFault.AlgorithmNotAllowed)]
    [InlineData("""{"alg":"es256","typ":"at+jwt"}""", TokenFault.AlgorithmNotAllowed)]
    [InlineData("""{"alg":"EdDSA","typ":"at+jwt"}""", TokenFault.AlgorithmNotAllowed)]
    [InlineData("""{"alg":"RS256","typ":"at+jwt","kid":"the-key"}""", TokenFault.AlgorithmNotAllowed)]
    [InlineData("""{"alg":"ES384","typ":"at+jwt","kid":"the-key"}""", TokenFault.AlgorithmNotAllowed)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"another"}""", TokenFault.UnknownKey)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"THE-KEY"}""", TokenFault.UnknownKey)]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"the-key"}""", TokenFault.WrongType)]
    [InlineData("""{"alg":"ES256","kid":"the-key"}""", TokenFault.WrongType)]
    [InlineData("""{"alg":"ES256","typ":"revocations+jwt","kid":"the-key"}""", TokenFault.WrongType)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"the-key","crit":[]}""", TokenFault.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"the-key","crit":["exp"]}""", TokenFault.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"the-key","b64":false}""", TokenFault.Malformed)]
    [InlineData("""{"alg":"ES256","alg":"ES256","typ":"at+jwt","kid":"the-key"}""", TokenFault.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"the-key","kid":"other"}""", TokenFault.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":7}""", TokenFault.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"\ud800"}""", TokenFault.Malformed)]
    [InlineData("""{"typ":"at+jwt","kid":"the-key"}""", TokenFault.Malformed)]
    [InlineData("""{"alg":null,"typ":"at+jwt"}""", TokenFault.Malformed)]
    [InlineData("""["ES256"]""", TokenFault.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"the-key"} x""", TokenFault.Malformed)]
    [InlineData("", TokenFault.Malformed)]
    public void A_header_that_should_not_be_is_refused(string header, TokenFault fault) =>
        Assert.Equal(fault, Verify(key.Sign(header, Claims().ToJsonString())).Fault);

    [Theory]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"the-key"}""")]
    [InlineData("""{"alg":"ES256","typ":"application/at+jwt","kid":"the-key"}""")]
    [InlineData("""{"alg":"ES256","typ":"AT+JWT"}""")]
    [InlineData("""{"\u0061lg":"ES256","typ":"at+jwt","jku":"https://evil.example","jwk":{"kty":"oct"},"x5c":["AA=="]}""")]
    public void A_header_that_may_be_is_taken(string header) =>
        Assert.Equal(TokenFault.None, Verify(key.Sign(header, Claims().ToJsonString())).Fault);

    [Fact]
    public void The_public_key_is_no_secret_of_an_HMAC()
    {
        var input = $"{TestKey.Text("""{"alg":"HS256","typ":"at+jwt","kid":"the-key"}"""u8.ToArray())}.{TestKey.Text(Encoding.UTF8.GetBytes(Claims().ToJsonString()))}";
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Pem()), Encoding.ASCII.GetBytes(input));

        Assert.Equal(TokenFault.AlgorithmNotAllowed, Verify($"{input}.{TestKey.Text(mac)}").Fault);
    }

    [Fact]
    public void Without_a_kid_every_key_is_tried()
    {
        var older = TestKey.New(kid: "older");
        var token = older.Sign("""{"alg":"ES256","typ":"at+jwt"}""", Claims().ToJsonString());

        Assert.Equal("older", Verify(token, Set(key, TestKey.New("RS256"), older)).Token?.KeyId);
        Assert.Equal(TokenFault.BadSignature, Verify(token, Set(key)).Fault);
    }

    [Fact]
    public void A_key_without_a_name_is_tried_for_every_token()
    {
        var nameless = TestKey.New(named: false);
        var token = nameless.Sign("""{"alg":"ES256","typ":"at+jwt","kid":"of-the-issuer"}""", Claims().ToJsonString());

        Assert.True(Verify(token, Set(key, nameless)).IsValid);
        Assert.Equal(TokenFault.UnknownKey, Verify(key.Sign(Claims()), Set(nameless)).Fault);
    }

    [Theory]
    [InlineData("iss", "https://other.example", TokenFault.WrongIssuer)]
    [InlineData("iss", "https://tokens.example/", TokenFault.WrongIssuer)]
    [InlineData("iss", null, TokenFault.MissingClaim)]
    [InlineData("aud", "https://invoices.example", TokenFault.WrongAudience)]
    [InlineData("aud", null, TokenFault.MissingClaim)]
    [InlineData("sub", null, TokenFault.MissingClaim)]
    [InlineData("sub", "", TokenFault.Malformed)]
    [InlineData("client_id", null, TokenFault.MissingClaim)]
    [InlineData("jti", null, TokenFault.MissingClaim)]
    [InlineData("iat", null, TokenFault.MissingClaim)]
    [InlineData("exp", null, TokenFault.MissingClaim)]
    [InlineData("exp", "1999999999", TokenFault.Malformed)]
    [InlineData("nbf", null, TokenFault.None)]
    [InlineData("org", null, TokenFault.None)]
    [InlineData("scope", null, TokenFault.None)]
    public void A_claim_that_is_wrong_or_missing_is_refused_if_it_is_needed(string name, string? value, TokenFault fault) =>
        Assert.Equal(fault, Verify(key.Sign(Claims().With(name, value))).Fault);

    [Theory]
    [InlineData("exp", -30, TokenFault.Expired)]
    [InlineData("exp", -29, TokenFault.None)]
    [InlineData("nbf", 30, TokenFault.None)]
    [InlineData("nbf", 31, TokenFault.NotYetValid)]
    public void Times_hold_to_the_second_with_the_skew(string name, int seconds, TokenFault fault) =>
        Assert.Equal(fault, Verify(key.Sign(Claims().With(name, Now.ToUnixTimeSeconds() + seconds))).Fault);

    [Theory]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("null")]
    [InlineData("[1999999999]")]
    public void A_time_that_is_none_is_refused(string json) =>
        Assert.Equal(TokenFault.Malformed, Verify(key.Sign(Header, Claims().With("exp", 7).ToJsonString().Replace("\"exp\":7", $"\"exp\":{json}", StringComparison.Ordinal))).Fault);

    [Fact]
    public void A_time_may_have_fractions() =>
        Assert.Equal(TokenFault.None, Verify(key.Sign(Claims().With("exp", Now.ToUnixTimeSeconds() + 0.5))).Fault);

    [Fact]
    public void One_of_many_audiences_is_enough()
    {
        Assert.True(Verify(key.Sign(Claims().With("aud", new JsonArray("https://a.example", TestClaims.Audience)))).IsValid);
        Assert.Equal(TokenFault.WrongAudience, Verify(key.Sign(Claims().With("aud", new JsonArray()))).Fault);
        Assert.Equal(TokenFault.WrongAudience, Verify(key.Sign(Claims().With("aud", new JsonArray(7)))).Fault);
    }

    [Fact]
    public void Claims_with_a_name_twice_are_refused() =>
        Assert.Equal(TokenFault.Malformed, Verify(key.Sign(Header, Claims().ToJsonString()[..^1] + ""","sub":"somebody else"}""")).Fault);

    [Theory]
    [InlineData("""{"x5t#S256":"bm90LXlvdXJz"}""")]
    [InlineData("""{"jkt":"a key that is not understood"}""")]
    [InlineData("7")]
    public void A_bound_token_is_of_no_use_without_what_it_is_bound_to(string confirmation) =>
        Assert.Equal(TokenFault.WrongCertificate, Verify(key.Sign(Claims().With("cnf", JsonNode.Parse(confirmation)))).Fault);

    [Theory]
    [InlineData("scp", """["orders:read","orders:write"]""")]
    [InlineData("scope", """["orders:read","orders:write"]""")]
    [InlineData("scp", "\"orders:read orders:write\"")]
    public void Scopes_of_other_issuers_are_understood(string name, string json) =>
        Assert.Equal("orders:read orders:write", Verify(key.Sign(Claims().With("scope", null).With(name, JsonNode.Parse(json)))).Token?.Scope);

    [Fact]
    public void A_plain_JWT_is_taken_where_that_was_said()
    {
        var bare = new JsonObject { ["iss"] = Issuer, ["aud"] = TestClaims.Audience, ["sub"] = "somebody", ["exp"] = Now.ToUnixTimeSeconds() + 5 };
        var options = Verifiers.Options(Issuer, options => options.TokenTypes.Add("JWT"));

        Assert.Equal("somebody", Verify(key.Sign(bare, "JWT"), options: options).Token?.Subject);
        Assert.True(Verify(key.Sign("""{"alg":"ES256"}""", bare.ToJsonString()), options: options).IsValid);
        Assert.Equal(TokenFault.MissingClaim, Verify(key.Sign(bare), options: options).Fault);
        Assert.Equal(TokenFault.WrongType, Verify(key.Sign(bare, "logout+jwt"), options: options).Fault);
    }

    [Fact]
    public void An_algorithm_that_is_not_on_the_list_is_refused()
    {
        var options = Verifiers.Options(Issuer, options => options.Algorithms.Remove("ES256"));

        Assert.Equal(TokenFault.AlgorithmNotAllowed, Verify(key.Sign(Claims()), options: options).Fault);
    }

    [Fact]
    public void No_single_character_of_a_token_can_be_another()
    {
        var token = key.Sign(Claims());
        Assert.True(Verify(token).IsValid);
        for (var at = 0; at < token.Length; at++)
        {
            foreach (var other in (char[])[token[at] == 'A' ? 'B' : 'A', '.', '=', ' ', 'é', '\0'])
            {
                if (token[at] != other)
                    Assert.False(Verify($"{token[..at]}{other}{token[(at + 1)..]}").IsValid, $"'{other}' at {at} of {token}");
            }
        }
    }

    [Fact]
    public void What_is_no_JWS_is_refused_and_nothing_breaks()
    {
        var token = key.Sign(Claims());
        string[] all =
        [
            "", ".", "..", "...", "a.b.c", $"{token}.", $".{token}", $"{token}=", $"{token}\n", $" {token}", token[..^1], token.Replace('.', ','),
            token[..(token.LastIndexOf('.') + 1)], $"{token}.{token}", new string('A', 9000), $"{token}{new string('A', 8192)}",
        ];

        Assert.All(all, text => Assert.False(Verify(text).IsValid, text));
    }

    [Fact]
    public void Noise_is_refused_and_nothing_breaks()
    {
        var chance = new Random(7);
        var token = Encoding.ASCII.GetBytes(key.Sign(Claims()));
        for (var n = 0; n < 2_000; n++)
        {
            var noisy = (byte[])token.Clone();
            for (var change = chance.Next(1, 6); change > 0; change--)
                noisy[chance.Next(noisy.Length)] = (byte)chance.Next(256);
            if (!noisy.AsSpan().SequenceEqual(token))
                Assert.False(Verify(Encoding.Latin1.GetString(noisy)).IsValid);
        }
    }

    private static JsonObject Claims() => TestClaims.Of(Issuer, Now);

    private static KeySet Set(params TestKey[] keys) => JwkSetReader.Read(
        Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key.Jwk())]) }.ToJsonString()), out _)!;

    private TokenResult Verify(string token, KeySet? keys = null, TumblerOptions? options = null) => TokenVerifier.Verify(
        token, keys ?? Set(key), revocations: null, new Expectations(options ?? Verifiers.Options(Issuer)), Now, certificate: null);
}
