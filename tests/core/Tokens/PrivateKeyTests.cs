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

    [Theory]
    [InlineData(1024), InlineData(2047), InlineData(2056), InlineData(8192), InlineData(0)]
    public void An_RSA_key_of_another_size_is_not_made(int bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PrivateKey.Generate(JwsAlgorithm.RS256, bits));

    [Fact]
    public void An_EC_key_takes_no_RSA_size() =>
        Assert.Throws<ArgumentException>(() => PrivateKey.Generate(JwsAlgorithm.ES256, 2048));

    [Fact]
    public void A_key_of_another_type_size_or_curve_is_not_imported()
    {
        using var small = RSA.Create(1024);
        using var odd = RSA.Create(2056);
        using var koblitz = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10"));

        Refuses(JwsAlgorithm.RS256, small.ExportPkcs8PrivateKey());
        Refuses(JwsAlgorithm.PS512, odd.ExportPkcs8PrivateKey());
        Refuses(JwsAlgorithm.ES256, koblitz.ExportPkcs8PrivateKey());
        Refuses(JwsAlgorithm.ES256, Key(JwsAlgorithm.RS256).ExportPkcs8());
        Refuses(JwsAlgorithm.RS256, Key(JwsAlgorithm.ES256).ExportPkcs8());
        Refuses(JwsAlgorithm.ES384, Key(JwsAlgorithm.ES256).ExportPkcs8());
        Refuses(JwsAlgorithm.ES256, Key(JwsAlgorithm.ES512).ExportPkcs8());
    }

    [Fact]
    public void Bytes_that_are_no_private_key_are_not_imported()
    {
        var good = Key(JwsAlgorithm.ES256).ExportPkcs8();

        Refuses(JwsAlgorithm.ES256, []);
        Refuses(JwsAlgorithm.ES256, good[..^1]);
        Refuses(JwsAlgorithm.ES256, [.. good, 0]);
        Refuses(JwsAlgorithm.ES256, good.Reverse().ToArray());
    }

    [Fact]
    public void A_key_matches_its_own_public_half_only()
    {
        using var other = PrivateKey.Generate(JwsAlgorithm.ES256);
        var key = Key(JwsAlgorithm.ES256);

        Assert.True(key.Matches(key.PublicJwk(Kid(1))));
        Assert.False(key.Matches(other.PublicJwk(Kid(1))));
        Assert.False(key.Matches(Key(JwsAlgorithm.RS256).PublicJwk(Kid(1))));
        Assert.False(Key(JwsAlgorithm.RS256).Matches(Key(JwsAlgorithm.PS256).PublicJwk(Kid(1))));
    }

    [Fact]
    public void A_disposed_key_signs_and_exports_nothing()
    {
        var key = PrivateKey.Generate(JwsAlgorithm.ES256);
        key.Dispose();
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Sign("x"u8, new byte[64]));
        Assert.Throws<ObjectDisposedException>(() => key.ExportPkcs8());
    }

    [Theory, InlineData(JwsAlgorithm.RS256), InlineData(JwsAlgorithm.PS384), InlineData(JwsAlgorithm.ES256)]
    public void Sixteen_threads_sign_and_verify_with_one_key(JwsAlgorithm algorithm)
    {
        var key = Key(algorithm);
        using var verifier = key.PublicJwk(Kid(1)).Import();
        using var together = new Barrier(16);
        var bad = 0;

        RunThreads(16, thread =>
        {
            var signature = new byte[key.SignatureSize];
            together.SignalAndWait();
            for (var i = 0; i < 40; i++)
            {
                var data = BitConverter.GetBytes((thread << 16) | i);
                key.Sign(data, signature);
                if (!verifier.Verify(data, signature) || verifier.Verify([.. data, 0], signature))
                    Interlocked.Increment(ref bad);
            }
        });

        Assert.Equal(0, bad);
    }

    [Fact]
    public void Disposing_a_key_at_work_lets_signatures_finish_or_refuses_them()
    {
        for (var round = 0; round < 50; round++)
        {
            using var key = PrivateKey.Generate(JwsAlgorithm.ES256);
            using var verifier = key.PublicJwk(Kid(1)).Import();
            using var together = new Barrier(5);
            var bad = 0;

            RunThreads(5, thread =>
            {
                var signature = new byte[key.SignatureSize];
                together.SignalAndWait();
                try
                {
                    for (var i = 0; i < 20; i++)
                    {
                        if (thread == 0 && i == 3)
                            key.Dispose();
                        key.Sign("x"u8, signature);
                        if (!verifier.Verify("x"u8, signature))
                            Interlocked.Increment(ref bad);
                    }
                }
                catch (ObjectDisposedException)
                {
                }
            });

            Assert.Equal(0, bad);
        }
    }

    private static void Refuses(JwsAlgorithm algorithm, byte[] pkcs8) =>
        Assert.ThrowsAny<CryptographicException>(() => PrivateKey.ImportPkcs8(algorithm, pkcs8));

    // An exception on one of the threads ends the test run, so it can't go unseen.
    private static void RunThreads(int count, Action<int> work)
    {
        var threads = Enumerable.Range(0, count).Select(number => new Thread(() => work(number))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }
}
