using System.Text;
using System.Text.Json.Nodes;
using Tumbler.Client.Keys;
using Tumbler.Client.Tests.Issuers;

namespace Tumbler.Client.Tests.Keys;

public sealed class JwkSetReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[7]}""")]
    [InlineData("""{"keys":[{}]}""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    [InlineData("<html>")]
    public void What_is_no_key_set_is_refused(string text) => Assert.Null(Read(text));

    [Fact]
    public void A_private_key_refuses_the_whole_set() =>
        Assert.Null(Read(TestKey.New().Jwk(), TestKey.New("RS256").Jwk(withPrivate: true)));

    [Theory]
    [InlineData("""{"kty":"oct","k":"c2VjcmV0"}""")]
    [InlineData("""{"kty":"oct"}""")]
    [InlineData("""{"kty":"EC","k":"c2VjcmV0"}""")]
    public void A_symmetric_key_refuses_the_whole_set(string key) =>
        Assert.Null(Read(TestKey.New().Jwk(), JsonNode.Parse(key)!.AsObject()));

    [Fact]
    public void Keys_that_are_none_of_ours_are_passed_over()
    {
        JsonObject[] others =
        [
            TestKey.New().Jwk().With("use", "enc"),
            TestKey.New().Jwk().With("key_ops", new JsonArray("sign")),
            TestKey.New().Jwk().With("alg", "ECDH-ES"),
            TestKey.New().Jwk().With("alg", "RS256"),
            TestKey.New().Jwk().With("crv", "P-384"),
            TestKey.New().Jwk().With("crv", "secp256k1"),
            TestKey.New().Jwk().With("x", "AAAA"),
            TestKey.New().Jwk().With("y", TestKey.Text(new byte[32])),
            TestKey.New("RS256").Jwk().With("alg", "ES256"),
            TestKey.New("RS256").Jwk().With("e", "AQ"),
            TestKey.New("RS256").Jwk().With("e", "AA"),
            TestKey.New("RS256").Jwk().With("n", "AQAB"),
            TestKey.New("RS256").Jwk().With("n", null),
            new() { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" },
        ];

        Assert.All(others, other => Assert.Null(Read(other)));
        Assert.Equal(1, Read([.. others, TestKey.New().Jwk()])?.Count);
    }

    [Fact]
    public void A_key_may_leave_out_what_is_optional() =>
        Assert.Equal(2, Read(TestKey.New().Jwk().With("alg", null).With("use", null).With("kid", null), TestKey.New("RS256").Jwk().With("alg", null))?.Count);

    private static KeySet? Read(params JsonObject[] keys) => Read(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key.DeepClone())]) }.ToJsonString());

    private static KeySet? Read(string text)
    {
        var keys = JwkSetReader.Read(Encoding.UTF8.GetBytes(text), out var problem);
        Assert.Equal(keys is null, problem.Length > 0);
        return keys;
    }
}
