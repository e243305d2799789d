using System.Security.Cryptography;
using System.Text;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Clients;
using Tumbler.Tests.Certificates;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Clients;

public sealed class ClientKeySetTests
{
    private const string Modulus = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    /// <summary>RFC 7638 §3.1.</summary>
    private const string Rsa = $$"""{"kty":"RSA","n":"{{Modulus}}","e":"AQAB","alg":"RS256","kid":"2011-04-29"}""";

    private static readonly string Ec = Json(Key(JwsAlgorithm.ES256).PublicJwk(Kid(1)));

    [Fact]
    public void The_thumbprint_is_that_of_the_RFC() =>
        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", Assert.Single(Registered(Rsa).Keys).Thumbprint());

    [Fact]
    public void An_EC_keys_thumbprint_is_that_of_its_own_JWK() =>
        Assert.Equal(Encode(Key(JwsAlgorithm.ES256).PublicJwk(Kid(1)).Thumbprint()), Assert.Single(Registered(Ec).Keys).Thumbprint());

    [Fact]
    public void What_is_kept_is_read_back_and_holds_nothing_else()
    {
        var set = Registered($$"""{"use":"sig","x5t":"abc","foo":{"bar":[1]},"key_ops":["verify"],{{Rsa[1..]}}""", Ec);

        Assert.Equal(set, ClientKeySet.Parse(set.Json));
        Assert.Equal(set.Keys, ClientKeySet.Parse(set.Json).Keys);
        Assert.DoesNotContain("foo", set.Json, StringComparison.Ordinal);
    }

    [Fact]
    public void An_RSA_key_that_names_no_algorithm_serves_all_six_and_one_that_does_serves_that()
    {
        var any = Assert.Single(Registered(Rsa.Replace("\"alg\":\"RS256\",", "", StringComparison.Ordinal)).Keys);
        var one = Assert.Single(Registered(Rsa).Keys);

        Assert.Equal(
            [JwsAlgorithm.RS256, JwsAlgorithm.RS384, JwsAlgorithm.RS512, JwsAlgorithm.PS256, JwsAlgorithm.PS384, JwsAlgorithm.PS512],
            Enum.GetValues<JwsAlgorithm>().Where(any.Fits));
        Assert.Equal([JwsAlgorithm.RS256], Enum.GetValues<JwsAlgorithm>().Where(one.Fits));
    }

    [Theory]
    [InlineData("d")]
    [InlineData("p")]
    [InlineData("q")]
    [InlineData("dp")]
    [InlineData("dq")]
    [InlineData("qi")]
    [InlineData("oth")]
    [InlineData("k")]
    public void A_private_member_is_refused_and_named(string member) =>
        Assert.Equal(($"jwks.keys[1].{member}", "private_member"), Fault(Ec, $$"""{"{{member}}":"AQAB",{{Rsa[1..]}}"""));

    [Theory]
    [InlineData("""{"kty":"oct","kid":"a"}""", "jwks.keys[0].kty", "key_type")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "jwks.keys[0].kty", "key_type")]
    [InlineData("""{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}""", "jwks.keys[0].crv", "curve")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}""", "jwks.keys[0].x", "key")]
    [InlineData("""{"kty":"EC","x":"AA","y":"AA"}""", "jwks.keys[0].crv", "curve")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB"}""", "jwks.keys[0].n", "key")]
    [InlineData("""{"kty":"RSA","n":"AQAB=","e":"AQAB"}""", "jwks.keys[0].n", "base64url")]
    [InlineData("""{"kty":"RSA","e":"AQAB"}""", "jwks.keys[0].n", "base64url")]
    [InlineData("""{"kty":"RSA","n":5,"e":"AQAB"}""", "jwks.keys[0].n", "base64url")]
    [InlineData($$"""{"kty":"RSA","n":"{{Modulus}}","e":"Aw"}""", "jwks.keys[0].n", "key")]
    [InlineData($$"""{"kty":"RSA","n":"{{Modulus}}","e":"AQAB","alg":"HS256"}""", "jwks.keys[0].alg", "algorithm")]
    [InlineData($$"""{"kty":"RSA","n":"{{Modulus}}","e":"AQAB","alg":"none"}""", "jwks.keys[0].alg", "algorithm")]
    [InlineData($$"""{"kty":"RSA","n":"{{Modulus}}","e":"AQAB","alg":"ES256"}""", "jwks.keys[0].alg", "algorithm")]
    [InlineData($$"""{"kty":"RSA","n":"{{Modulus}}","e":"AQAB","use":"enc"}""", "jwks.keys[0].use", "use")]
    [InlineData($$"""{"kty":"RSA","n":"{{Modulus}}","e":"AQAB","key_ops":["encrypt"]}""", "jwks.keys[0].key_ops", "key_ops")]
    [InlineData($$"""{"kty":"RSA","n":"{{Modulus}}","e":"AQAB","kid":""}""", "jwks.keys[0].kid", "kid")]
    [InlineData($$"""{"kty":"RSA","n":"{{Modulus}}","e":"AQAB","kid":7}""", "jwks.keys[0].kid", "kid")]
    [InlineData($$"""{"kty":"RSA","n":"{{Modulus}}","e":"AQAB","x5c":[]}""", "jwks.keys[0].x5c", "certificate")]
    [InlineData($$"""{"kty":"RSA","n":"{{Modulus}}","e":"AQAB","x5c":["AAAA"]}""", "jwks.keys[0].x5c", "certificate")]
    [InlineData("5", "jwks.keys[0]", "type")]
    public void What_is_no_public_key_of_ours_to_use_is_named(string key, string field, string rule) => Assert.Equal((field, rule), Fault(key));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    [InlineData("{")]
    public void What_is_no_JWK_Set_is_none(string json)
    {
        Assert.Null(ClientKeySet.Register(Encoding.UTF8.GetBytes(json), "jwks", out var fault));
        Assert.Equal(("jwks", "jwks"), (fault!.Field, fault.Rule));
        Assert.Null(ClientKeySet.Fetched(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void A_set_has_one_to_twenty_keys_of_different_kids()
    {
        var nameless = Rsa.Replace(",\"kid\":\"2011-04-29\"", "", StringComparison.Ordinal);

        Assert.Equal(("jwks.keys", "jwks"), Fault());
        Assert.Equal(("jwks.keys", "jwks"), Fault(Rsa, Rsa));
        Assert.Equal(("jwks.keys", "jwks"), Fault([.. Enumerable.Repeat(nameless, 21)]));
        Assert.Equal(20, Registered([.. Enumerable.Repeat(nameless, 20)]).Keys.Length);
    }

    [Fact]
    public void Of_a_set_that_was_fetched_what_is_not_ours_to_use_is_passed_over()
    {
        var set = ClientKeySet.Fetched(Encoding.UTF8.GetBytes(
            $$"""{"keys":[5,{"kty":"oct","k":"AQAB"},{"d":"AQAB",{{Rsa[1..]}},{{Ec}}]}"""));

        Assert.Equal("EC", Assert.Single(set!.Keys).KeyType);
    }

    [Fact]
    public void A_registered_certificate_is_the_only_one_of_its_key_that_counts()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = TestCertificates.Issue(key: key);
        using var other = TestCertificates.Issue(key: key);
        using var foreign = TestCertificates.Issue();
        var point = key.ExportParameters(false).Q;
        var bare = $$"""{"kty":"EC","crv":"P-256","x":"{{Encode(point.X!)}}","y":"{{Encode(point.Y!)}}"}""";
        var pinned = $$"""{"x5c":["{{Convert.ToBase64String(own.RawData)}}"],{{bare[1..]}}""";

        Assert.Equal((true, true, false), Owned(bare));
        Assert.Equal((true, false, false), Owned(pinned));
        Assert.Equal(("jwks.keys[0].x5c", "certificate"), Fault($$"""{"x5c":["{{Convert.ToBase64String(foreign.RawData)}}"],{{bare[1..]}}"""));

        (bool, bool, bool) Owned(string json)
        {
            var registered = Assert.Single(Registered(json).Keys);
            return (registered.Owns(own), registered.Owns(other), registered.Owns(foreign));
        }
    }

    private static (string, string) Fault(params string[] keys)
    {
        Assert.Null(ClientKeySet.Register(Set(keys), "jwks", out var fault));
        Assert.StartsWith(fault!.Field, fault.Message, StringComparison.Ordinal);
        return (fault.Field, fault.Rule);
    }

    private static ClientKeySet Registered(params string[] keys)
    {
        var set = ClientKeySet.Register(Set(keys), "jwks", out var fault);
        Assert.Null(fault);
        return set!;
    }

    private static byte[] Set(string[] keys) => Encoding.UTF8.GetBytes($$"""{"keys":[{{string.Join(',', keys)}}]}""");
}
