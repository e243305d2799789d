using System.Diagnostics;
using System.Text;
using Tumbler.Client.Keys;
using Tumbler.Client.Tests.Issuers;
using Tumbler.Client.Tokens;

namespace Tumbler.Client.Tests.Keys;

/// <summary>With keys, certificates and signatures that OpenSSL has made.</summary>
public sealed class PemKeysTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("RS256", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem", "pkey -in key.pem -pubout -out public.pem")]
    [InlineData("RS512", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem", "rsa -in key.pem -RSAPublicKey_out -out public.pem")]
    [InlineData("RS256", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem", "req -x509 -new -key key.pem -subj /CN=issuer -days 2 -out public.pem")]
    public void A_token_that_openssl_has_signed_is_taken(string algorithm, string make, string publish)
    {
        OpenSsl(make);
        OpenSsl(publish);
        var header = TestKey.Text(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"whatever"}"""));
        var input = $"{header}.{TestKey.Text(Encoding.UTF8.GetBytes(TestClaims.Of("https://tokens.example", Verifiers.Noon).ToJsonString()))}";
        File.WriteAllText(InFolder("input"), input);
        OpenSsl($"dgst -sha{algorithm[2..]} -sign key.pem -out signature input");

        var token = $"{input}.{TestKey.Text(File.ReadAllBytes(InFolder("signature")))}";

        Assert.Equal(TokenFault.None, Verify(token, PemKeys.Read(InFolder("public.pem"))));
        OpenSsl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out other.pem");
        OpenSsl("pkey -in other.pem -pubout -out other-public.pem");
        Assert.Equal(TokenFault.UnknownKey, Verify(token, PemKeys.Read(InFolder("other-public.pem"))));
    }

    [Fact]
    public void Keys_on_curves_are_read_and_several_in_one_file()
    {
        foreach (var curve in (string[])["P-256", "P-384", "P-521"])
        {
            OpenSsl($"ecparam -name {curve} -genkey -noout -out {curve}.pem");
            OpenSsl($"pkey -in {curve}.pem -pubout -out {curve}-public.pem");
        }

        File.WriteAllText(InFolder("all.pem"), string.Concat(folder.GetFiles("*-public.pem").Select(file => File.ReadAllText(file.FullName))));
        Assert.Equal(3, PemKeys.Read(InFolder("all.pem")).Count);
    }

    [Theory]
    [InlineData("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out wrong.pem", "PRIVATE KEY")]
    [InlineData("ecparam -name secp256k1 -genkey -noout -out wrong.pem", "EC PRIVATE KEY")]
    public void A_private_key_is_refused(string make, string named)
    {
        OpenSsl(make);

        Assert.Contains(named, Assert.Throws<FormatException>(() => PemKeys.Read(InFolder("wrong.pem"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out key.pem")]
    [InlineData("ecparam -name secp256k1 -genkey -noout -out key.pem")]
    [InlineData("genpkey -algorithm ed25519 -out key.pem")]
    public void A_key_that_no_algorithm_uses_is_refused(string make)
    {
        OpenSsl(make);
        OpenSsl("pkey -in key.pem -pubout -out public.pem");

        Assert.Throws<FormatException>(() => PemKeys.Read(InFolder("public.pem")));
    }

    private static TokenFault Verify(string token, IReadOnlyList<PublicKey> keys) => TokenVerifier.Verify(
        token, new KeySet(keys), revocations: null, new Expectations(Verifiers.Options("https://tokens.example")), Verifiers.Noon, certificate: null).Fault;

    private string InFolder(string name) => Path.Combine(folder.FullName, name);

    private void OpenSsl(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = folder.FullName, RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }
}
