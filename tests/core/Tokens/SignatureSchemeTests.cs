using System.Security.Cryptography;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Tests.Tokens;

public sealed class SignatureSchemeTests
{
    // RFC 7518 §3.1, §6.2.1.1 and §7.1.
    public static TheoryData<JwsAlgorithm, string, string, string?> Registry => new()
    {
        { JwsAlgorithm.RS256, "RSA", "SHA256", null }, { JwsAlgorithm.RS384, "RSA", "SHA384", null },
        { JwsAlgorithm.RS512, "RSA", "SHA512", null }, { JwsAlgorithm.PS256, "RSA", "SHA256", null },
        { JwsAlgorithm.PS384, "RSA", "SHA384", null }, { JwsAlgorithm.PS512, "RSA", "SHA512", null },
        { JwsAlgorithm.ES256, "EC", "SHA256", "P-256" }, { JwsAlgorithm.ES384, "EC", "SHA384", "P-384" },
        { JwsAlgorithm.ES512, "EC", "SHA512", "P-521" },
    };

    [Theory, MemberData(nameof(Registry))]
    public void Each_algorithm_is_what_its_registration_says(JwsAlgorithm algorithm, string keyType, string hash, string? curve)
    {
        var scheme = SignatureScheme.For(algorithm);

        Assert.Equal((algorithm, algorithm.ToString()), (scheme.Algorithm, scheme.Name));
        Assert.Equal((keyType, curve), (scheme.KeyType, scheme.Curve));
        Assert.Equal(new HashAlgorithmName(hash), scheme.Hash);
        Assert.True(SignatureScheme.TryFind(algorithm.ToString(), out var found));
        Assert.Same(scheme, found);
    }

    [Theory, InlineData("none"), InlineData("HS256"), InlineData("rs256"), InlineData("EdDSA"), InlineData("0"), InlineData("")]
    public void No_other_name_is_found(string name) => Assert.False(SignatureScheme.TryFind(name, out _));
}
