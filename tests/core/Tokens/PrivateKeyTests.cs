using System.Security.Cryptography;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Tokens;

public sealed class PrivateKeyTests
{
    public static TheoryData<JwsAlgorithm> Algorithms => new(Enum.GetValues<JwsAlgorithm>());

    public static TheoryData<JwsAlgorithm, int?, int> Sizes => new()
    {
        { JwsAlgorithm.RS256, null, 256 }, { JwsAlgorithm.RS256, 2048, 256 }, { JwsAlgorithm.RS256, 3072, 384 },
        { JwsAlgorithm.RS256, 4096, 512 }, { JwsAlgorithm.PS512, 2048, 256 }, { JwsAlgorithm.PS512, 4096, 512 },
        { JwsAlgorithm.ES256, null, 64 }, { JwsAlgorithm.ES384, null, 96 }, { JwsAlgorithm.ES512, null, 132 },
    };

    [Theory, MemberData(nameof(Algorithms))]
    public void A_key_signs_what_its_parsed_public_half_verifies(JwsAlgorithm algorithm)
    {
        var key = Key(algorithm);
        using var verifier = Parse(Json(key.PublicJwk(Kid(1)))).Import();

        var signature = Signature(key, "to be signed");

        Assert.Equal((algorithm, Kid(1)), (verifier.Algorithm, verifier.Kid));
        Assert.True(verifier.Verify("to be signed"u8, signature));
        Assert.False(verifier.Verify("to be signeD"u8, signature));
    }

    [Theory, MemberData(nameof(Sizes))]
    public void A_signature_has_the_size_its_key_says(JwsAlgorithm algorithm, int? rsaBits, int size)
    {
        var key = Key(algorithm, rsaBits);

        Assert.Equal(size, key.SignatureSize);
        Assert.Equal(size, Signature(key, "x").Length);
        Assert.True(key.Matches(key.PublicJwk(Kid(1))));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void An_exported_key_comes_back_as_the_same_key(JwsAlgorithm algorithm)
    {
        var key = Key(algorithm);

        using var copy = PrivateKey.ImportPkcs8(algorithm, key.ExportPkcs8());

        Assert.Equal(key.PublicJwk(Kid(1)), copy.PublicJwk(Kid(1)));
        Assert.True(copy.Matches(key.PublicJwk(Kid(1))));
    }
}
