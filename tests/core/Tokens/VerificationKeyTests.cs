using System.Security.Cryptography;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Tokens;

public sealed class VerificationKeyTests
{
    private const string Data = "signed";

    public static TheoryData<JwsAlgorithm> Algorithms => new(Enum.GetValues<JwsAlgorithm>());

    public static TheoryData<JwsAlgorithm> Ecdsa => [JwsAlgorithm.ES256, JwsAlgorithm.ES384, JwsAlgorithm.ES512];

    [Theory, MemberData(nameof(Algorithms))]
    public void A_signature_of_another_length_is_refused(JwsAlgorithm algorithm)
    {
        var good = Signature(Key(algorithm), Data);

        Assert.True(Verifies(algorithm, good));
        Assert.False(Verifies(algorithm, []));
        Assert.False(Verifies(algorithm, [.. good, 0]));
        Assert.False(Verifies(algorithm, [0, .. good]));
        Assert.False(Verifies(algorithm, good[1..]));
        Assert.False(Verifies(algorithm, good[..^1]));
        Assert.False(Verifies(algorithm, [.. good, .. good]));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void A_signature_of_zeros_or_ones_is_refused(JwsAlgorithm algorithm)
    {
        var size = Key(algorithm).SignatureSize;

        Assert.False(Verifies(algorithm, new byte[size]));
        Assert.False(Verifies(algorithm, Enumerable.Repeat((byte)0xff, size).ToArray()));
    }

    [Theory, MemberData(nameof(Ecdsa))]
    public void An_ECDSA_signature_with_a_zero_half_or_swapped_halves_is_refused(JwsAlgorithm algorithm)
    {
        var good = Signature(Key(algorithm), Data);
        var half = good.Length / 2;

        Assert.False(Verifies(algorithm, [.. new byte[half], .. good[half..]]));
        Assert.False(Verifies(algorithm, [.. good[..half], .. new byte[half]]));
        Assert.False(Verifies(algorithm, [.. good[half..], .. good[..half]]));
    }

    [Theory, MemberData(nameof(Ecdsa))]
    public void An_ECDSA_signature_in_DER_is_refused(JwsAlgorithm algorithm)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Key(algorithm).ExportPkcs8(), out _);
        var data = System.Text.Encoding.ASCII.GetBytes(Data);
        var hash = SignatureScheme.For(algorithm).Hash;

        Assert.True(Verifies(algorithm, key.SignData(data, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)));
        Assert.False(Verifies(algorithm, key.SignData(data, hash, DSASignatureFormat.Rfc3279DerSequence)));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void No_other_algorithm_of_the_same_key_verifies(JwsAlgorithm algorithm)
    {
        var pkcs8 = Key(algorithm).ExportPkcs8();
        var good = Signature(Key(algorithm), Data);

        foreach (var other in Enum.GetValues<JwsAlgorithm>())
        {
            var (scheme, own) = (SignatureScheme.For(other), SignatureScheme.For(algorithm));
            if (other == algorithm || scheme.KeyType != own.KeyType || scheme.Curve != own.Curve)
                continue;

            using var relabelled = PrivateKey.ImportPkcs8(other, pkcs8);
            using var verifier = relabelled.PublicJwk(Kid(1)).Import();
            Assert.False(verifier.Verify(System.Text.Encoding.ASCII.GetBytes(Data), good));
        }
    }

    [Fact]
    public void A_disposed_key_verifies_nothing()
    {
        var verifier = Key(JwsAlgorithm.ES256).PublicJwk(Kid(1)).Import();
        verifier.Dispose();

        Assert.Throws<ObjectDisposedException>(() => verifier.Verify("x"u8, new byte[64]));
    }

    private static bool Verifies(JwsAlgorithm algorithm, byte[] signature)
    {
        using var verifier = Key(algorithm).PublicJwk(Kid(1)).Import();
        return verifier.Verify(System.Text.Encoding.ASCII.GetBytes(Data), signature);
    }
}
