using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Tests.Demo.Tokens;

public sealed class ForgerTests : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Forger forger = new();
    private readonly IssuedToken token;

    public ForgerTests()
    {
        var text = $"{Part("""{"alg":"ES256","typ":"at+jwt","kid":"k1"}""")}.{Part("""{"sub":"me","exp":1900000000}""")}";
        token = IssuedToken.Parse($"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}");
    }

    public void Dispose()
    {
        key.Dispose();
        forger.Dispose();
    }

    [Fact]
    public void The_good_one_is_good()
    {
        Assert.True(IsSigned(token.Text));
        Assert.Equal(("k1", DateTimeOffset.FromUnixTimeSeconds(1900000000)), (token.Kid, token.ExpiresAt));
    }

    [Fact]
    public void Changed_claims_stand_under_the_good_signature()
    {
        var (header, claims, signature) = Parts(Forgery.ChangedClaims);

        Assert.Equal("k1", header.GetProperty("kid").GetString());
        Assert.Equal("somebody-else", claims.GetProperty("sub").GetString());
        Assert.Equal(token.Text.Split('.')[2], signature);
    }

    [Fact]
    public void A_foreign_signature_is_in_the_name_of_the_published_key()
    {
        var forged = forger.Forge(Forgery.ForeignSignature, token)!;

        Assert.Equal(token.Text.Split('.')[..2], forged.Split('.')[..2]);
        Assert.False(IsSigned(forged));
    }

    [Fact]
    public void An_unknown_key_has_a_name_of_its_own() =>
        Assert.NotEqual("k1", Parts(Forgery.UnknownKey).Header.GetProperty("kid").GetString());

    [Fact]
    public void Without_a_signature_there_is_an_empty_one()
    {
        var (header, claims, signature) = Parts(Forgery.NoSignature);

        Assert.Equal("none", header.GetProperty("alg").GetString());
        Assert.Equal("me", claims.GetProperty("sub").GetString());
        Assert.Equal("", signature);
    }

    [Theory]
    [InlineData((int)Forgery.OtherAudience)]
    [InlineData((int)Forgery.Expired)]
    public void What_only_the_issuer_can_make_is_not_forged(int forgery) => Assert.Null(forger.Forge((Forgery)forgery, token));

    private (JsonElement Header, JsonElement Claims, string Signature) Parts(Forgery forgery)
    {
        var parts = forger.Forge(forgery, token)!.Split('.');
        return (JsonElement.Parse(Base64Url.DecodeFromChars(parts[0])), JsonElement.Parse(Base64Url.DecodeFromChars(parts[1])), parts[2]);
    }

    private bool IsSigned(string text)
    {
        var end = text.LastIndexOf('.');
        return key.VerifyData(Encoding.ASCII.GetBytes(text[..end]), Base64Url.DecodeFromChars(text.AsSpan(end + 1)), HashAlgorithmName.SHA256);
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
