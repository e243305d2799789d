using System.Diagnostics;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Tokens;

/// <summary>Our signatures and keys in the eyes of the <c>openssl</c> command.</summary>
public sealed class OpenSslTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tumbler-openssl-");

    /// <summary>The algorithm, and the options by which <c>openssl dgst</c> calls it.</summary>
    public static TheoryData<JwsAlgorithm, string> Algorithms => new()
    {
        { JwsAlgorithm.RS256, "-sha256" },
        { JwsAlgorithm.RS384, "-sha384" },
        { JwsAlgorithm.RS512, "-sha512" },
        { JwsAlgorithm.PS256, "-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest" },
        { JwsAlgorithm.PS384, "-sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest" },
        { JwsAlgorithm.PS512, "-sha512 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest" },
        { JwsAlgorithm.ES256, "-sha256" },
        { JwsAlgorithm.ES384, "-sha384" },
        { JwsAlgorithm.ES512, "-sha512" },
    };

    public void Dispose() => directory.Delete(recursive: true);

    [Theory, MemberData(nameof(Algorithms))]
    public void A_token_of_ours_verifies_under_its_public_JWK(JwsAlgorithm algorithm, string options)
    {
        Assert.SkipUnless(IsThere(), "there is no openssl command on this machine");
        var token = Token(Key(algorithm), Kid(1));
        var signed = Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);
        var signature = Decode(token[(token.LastIndexOf('.') + 1)..]);
        File("public.pem", Encoding.ASCII.GetBytes(Spki(Key(algorithm).PublicJwk(Kid(1)))));
        File("signature", algorithm >= JwsAlgorithm.ES256 ? Der(signature) : signature);

        File("signed", signed);
        Assert.Equal((0, "Verified OK"), Run($"dgst {options} -verify public.pem -signature signature signed"));

        signed[^1] ^= 1;
        File("signed", signed);
        Assert.NotEqual(0, Run($"dgst {options} -verify public.pem -signature signature signed").ExitCode);
    }

    [Theory, InlineData(JwsAlgorithm.RS256, "-algorithm RSA -pkeyopt rsa_keygen_bits:3072", 384)]
    [InlineData(JwsAlgorithm.ES384, "-algorithm EC -pkeyopt ec_paramgen_curve:P-384", 96)]
    public void A_key_that_openssl_made_signs_for_us(JwsAlgorithm algorithm, string options, int signatureSize)
    {
        Assert.SkipUnless(IsThere(), "there is no openssl command on this machine");
        Assert.Equal(0, Run($"genpkey {options} -out private.pem").ExitCode);
        Assert.Equal(0, Run("pkcs8 -topk8 -nocrypt -in private.pem -outform DER -out private.der").ExitCode);

        using var key = PrivateKey.ImportPkcs8(algorithm, System.IO.File.ReadAllBytes(Path.Combine(directory.FullName, "private.der")));

        Assert.Equal(signatureSize, key.SignatureSize);
        Assert.True(key.Matches(Parse(Json(key.PublicJwk(Kid(1))))));
    }

    /// <summary>Built from what the JWK says, not from the key it was made of.</summary>
    private static string Spki(Jwk jwk)
    {
        var numbers = jwk.Parameters.ToDictionary(member => member.Name, member => member.Value);
        if (jwk.KeyType == "RSA")
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Decode(numbers["n"]), Exponent = Decode(numbers["e"]) });
            return rsa.ExportSubjectPublicKeyInfoPem();
        }

        var point = new ECPoint { X = Decode(numbers["x"]), Y = Decode(numbers["y"]) };
        using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.CreateFromFriendlyName($"nist{numbers["crv"].Replace("-", "", StringComparison.Ordinal)}"), Q = point });
        return ec.ExportSubjectPublicKeyInfoPem();
    }

    /// <summary>R ‖ S as the SEQUENCE of two INTEGERs that openssl expects.</summary>
    private static byte[] Der(byte[] signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(signature.AsSpan(0, signature.Length / 2), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(signature.AsSpan(signature.Length / 2), isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    private void File(string name, byte[] content) => System.IO.File.WriteAllBytes(Path.Combine(directory.FullName, name), content);

    private (int ExitCode, string Output) Run(string arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments)
        {
            WorkingDirectory = directory.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Trim());
    }

    private bool IsThere()
    {
        try
        {
            return Run("version").ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
