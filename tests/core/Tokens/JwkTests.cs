using System.Text;
using System.Text.Json;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Tokens;

public sealed class JwkTests
{
    // RFC 7517 A.1, with members of ours.
    private const string X = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
    private const string Y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";

    private static readonly string GoodEc = JoseVector.Ec(JwsAlgorithm.ES256, X, Y);
    private static readonly string GoodRsa = JoseVector.Rsa("RS256", JoseVector.Rfc7638Modulus);

    public static TheoryData<JwsAlgorithm> Algorithms => new(Enum.GetValues<JwsAlgorithm>());

    /// <summary>What is replaced in a good key, and by what.</summary>
    public static TheoryData<string, string, string> Bad => new()
    {
        // Not one JSON object.
        { GoodEc, GoodEc, "" },
        { GoodEc, GoodEc, "null" },
        { GoodEc, GoodEc, "[]" },
        { GoodEc, GoodEc, $"[{GoodEc}]" },
        { GoodEc, GoodEc, GoodEc + "{}" },
        { GoodEc, GoodEc, GoodEc[..^1] },
        { GoodEc, GoodEc, GoodEc[..^1] + ",}" },
        { GoodEc, GoodEc, "\uFEFF" + GoodEc },
        { GoodEc, GoodEc, "/**/" + GoodEc },

        // A member twice, also when spelled differently.
        { GoodEc, "\"kty\"", "\"kty\":\"EC\",\"kty\"" },
        { GoodEc, "\"kty\"", "\"\\u006bty\":\"EC\",\"kty\"" },
        { GoodEc, "\"kty\"", "\"more\":{\"a\":1,\"a\":2},\"kty\"" },

        // Names.
        { GoodEc, "\"kty\":\"EC\",", "" },
        { GoodEc, "\"EC\"", "\"ec\"" },
        { GoodEc, "\"EC\"", "\"RSA\"" },
        { GoodEc, "\"EC\"", "\"OKP\"" },
        { GoodEc, "\"EC\"", "1" },
        { GoodEc, "\"sig\"", "\"enc\"" },
        { GoodEc, "\"sig\"", "null" },
        { GoodEc, "\"alg\":\"ES256\",", "" },
        { GoodEc, "\"ES256\"", "\"es256\"" },
        { GoodEc, "\"ES256\"", "\"ES256K\"" },
        { GoodEc, "\"ES256\"", "\"ES384\"" },
        { GoodEc, "\"ES256\"", "\"RS256\"" },
        { GoodEc, "\"ES256\"", "\"none\"" },
        { GoodEc, "\"ES256\"", "\"HS256\"" },
        { GoodEc, "\"ES256\"", "[\"ES256\"]" },
        { GoodEc, "\"P-256\"", "\"P-384\"" },
        { GoodEc, "\"P-256\"", "\"secp256k1\"" },
        { GoodEc, "\"crv\":\"P-256\",", "" },
        { GoodRsa, "\"n\"", "\"crv\":\"P-256\",\"n\"" },
        { GoodRsa, "\"RS256\"", "\"ES256\"" },

        // kid: one of ours, in its one spelling.
        { GoodEc, Kid(1).ToString(), "2011-04-29" },
        { GoodEc, Kid(1).ToString(), "" },
        { GoodEc, Kid(1).ToString(), "00000000-0000-4000-8000-00000000000A" },
        { GoodEc, Kid(1).ToString(), "{00000000-0000-4000-8000-000000000001}" },
        { GoodEc, $"\"{Kid(1)}\"", "1" },
        { GoodEc, $"\"kid\":\"{Kid(1)}\",", "" },

        // Private members.
        { GoodEc, "\"x\"", "\"d\":\"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE\",\"x\"" },
        { GoodEc, "\"x\"", "\"d\":null,\"x\"" },
        { GoodEc, "\"x\"", "\"k\":\"AQAB\",\"x\"" },
        { GoodRsa, "\"n\"", "\"d\":\"AQAB\",\"n\"" },
        { GoodRsa, "\"n\"", "\"p\":\"AQAB\",\"n\"" },
        { GoodRsa, "\"n\"", "\"q\":\"AQAB\",\"n\"" },
        { GoodRsa, "\"n\"", "\"dp\":\"AQAB\",\"n\"" },
        { GoodRsa, "\"n\"", "\"dq\":\"AQAB\",\"n\"" },
        { GoodRsa, "\"n\"", "\"qi\":\"AQAB\",\"n\"" },
        { GoodRsa, "\"n\"", "\"oth\":[],\"n\"" },

        // Coordinates: spelling, length, curve.
        { GoodEc, X, X + "=" },
        { GoodEc, X, X[..^1] + "5" },
        { GoodEc, X, X[..^1] },
        { GoodEc, X, X.Replace('K', '+') },
        { GoodEc, X, X.Replace("MK", "M K", StringComparison.Ordinal) },
        { GoodEc, X, X.Replace("MK", "MÄ", StringComparison.Ordinal) },
        { GoodEc, X, "" },
        { GoodEc, X, Encode([0, .. Decode(X)]) },
        { GoodEc, X, Encode(Decode(X)[1..]) },
        { GoodEc, X, Encode(new byte[32]) },
        { GoodEc, X, Y },
        { GoodEc, Y, Encode([.. Decode(Y)[..^1], 0]) },
        { GoodEc, $"\"{X}\"", "12" },
        { GoodEc, $",\"y\":\"{Y}\"", "" },
        { GoodEc, GoodEc, JoseVector.Ec(JwsAlgorithm.ES256, Encode(new byte[32]), Encode(new byte[32])) },
        { GoodEc, GoodEc, JoseVector.Ec(JwsAlgorithm.ES384, X, Y) },

        // Modulus and exponent.
        { GoodRsa, JoseVector.Rfc7638Modulus, Encode([0, .. Modulus(2048)]) },
        { GoodRsa, JoseVector.Rfc7638Modulus, Encode(Modulus(1024)) },
        { GoodRsa, JoseVector.Rfc7638Modulus, Encode(Modulus(2040)) },
        { GoodRsa, JoseVector.Rfc7638Modulus, Encode(Modulus(2056)) },
        { GoodRsa, JoseVector.Rfc7638Modulus, Encode(Modulus(8192)) },
        { GoodRsa, JoseVector.Rfc7638Modulus, Encode([0x7f, .. Modulus(2040)]) },
        { GoodRsa, JoseVector.Rfc7638Modulus, Encode([.. Modulus(2040), 0x02]) },
        { GoodRsa, JoseVector.Rfc7638Modulus, "" },
        { GoodRsa, "\"AQAB\"", "\"AQ\"" },
        { GoodRsa, "\"AQAB\"", "\"Aw\"" },
        { GoodRsa, "\"AQAB\"", "\"AAEAAQ\"" },
        { GoodRsa, "\"AQAB\"", "\"AQAA\"" },
        { GoodRsa, "\"AQAB\"", "\"\"" },
        { GoodRsa, "\"AQAB\"", "65537" },
        { GoodRsa, ",\"e\":\"AQAB\"", "" },

        // Depth and Unicode.
        { GoodEc, "\"kty\"", $"\"deep\":{new string('[', 9)}{new string(']', 9)},\"kty\"" },
        { GoodEc, "\"kty\"", "\"\\ud800\":1,\"kty\"" },
        { GoodEc, "\"EC\"", "\"\\ud800\"" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void A_key_that_is_not_exactly_right_is_refused(string good, string part, string replacement)
    {
        Assert.True(Jwk.TryParse(Encoding.UTF8.GetBytes(good), out _));

        var bad = good.Replace(part, replacement, StringComparison.Ordinal);

        Assert.NotEqual(good, bad);
        Assert.False(Jwk.TryParse(Encoding.UTF8.GetBytes(bad), out _), bad);
        Assert.Throws<FormatException>(() => Parse(bad));
    }

    [Fact]
    public void Invalid_UTF8_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(GoodEc.Replace("\"kty\"", "\"more\":\"?\",\"kty\"", StringComparison.Ordinal));
        Assert.True(Jwk.TryParse(bytes, out _));

        bytes[Array.IndexOf(bytes, (byte)'?')] = 0xff;

        Assert.False(Jwk.TryParse(bytes, out _));
    }

    [Fact]
    public void Unknown_members_are_ignored_and_never_written()
    {
        var jwk = Parse(GoodEc.Replace("\"kty\"", "\"x5u\":\"https://evil.example\",\"kty\"", StringComparison.Ordinal));

        Assert.Equal(GoodEc, Json(jwk));
        Assert.Equal(Parse(GoodEc), jwk);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void A_key_is_written_with_its_public_members_and_nothing_else(JwsAlgorithm algorithm)
    {
        var jwk = Key(algorithm).PublicJwk(Kid(7));

        using var json = JsonDocument.Parse(Json(jwk));
        string[] numbers = jwk.KeyType == "RSA" ? ["n", "e"] : ["crv", "x", "y"];

        Assert.Equal(["kty", "kid", "use", "alg", .. numbers], json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            [jwk.KeyType, Kid(7).ToString(), "sig", algorithm.ToString()],
            json.RootElement.EnumerateObject().Take(4).Select(member => member.Value.GetString()!));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void A_key_reads_back_as_it_was_written(JwsAlgorithm algorithm)
    {
        var jwk = Key(algorithm).PublicJwk(Kid(7));

        Assert.Equal(jwk, Parse(Json(jwk)));
        Assert.Equal(jwk.GetHashCode(), Parse(Json(jwk)).GetHashCode());
        Assert.NotEqual(jwk, Key(algorithm).PublicJwk(Kid(8)));
    }

    [Fact]
    public void Keys_with_other_numbers_are_not_equal()
    {
        using var other = PrivateKey.Generate(JwsAlgorithm.ES256);

        Assert.NotEqual(Key(JwsAlgorithm.ES256).PublicJwk(Kid(1)), other.PublicJwk(Kid(1)));
    }

    [Fact]
    public void The_thumbprint_is_that_of_RFC_7638_3_1() =>
        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", Encode(Parse(GoodRsa).Thumbprint()));

    [Fact]
    public void The_thumbprint_of_an_EC_key_is_over_crv_kty_x_y_and_not_its_names()
    {
        var expected = System.Security.Cryptography.SHA256.HashData(
            Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}"""));

        Assert.Equal(expected, Parse(GoodEc).Thumbprint());
        Assert.Equal(expected, Parse(GoodEc.Replace(Kid(1).ToString(), Kid(2).ToString(), StringComparison.Ordinal)).Thumbprint());
    }

    // As many bits as are asked for, odd, with the highest bit set.
    private static byte[] Modulus(int bits) => Enumerable.Repeat((byte)0xc1, bits / 8).ToArray();
}
