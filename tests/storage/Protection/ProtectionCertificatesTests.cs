using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Storage.Protection;

namespace Tumbler.Storage.Tests.Protection;

[UnsupportedOSPlatform("windows")]
public sealed class ProtectionCertificatesTests : IDisposable
{
    private const string Password = "correct horse";

    private static readonly X509Certificate2 Kek = Certificates.Rsa();

    private readonly string directory = Directory.CreateTempSubdirectory("tumbler-kek-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData(Password)]
    public void A_pfx_is_loaded_with_its_private_key(string? password) =>
        AssertLoads(Write(Kek.Export(X509ContentType.Pfx, password)), password);

    [Fact]
    public void A_pem_is_loaded_with_its_private_key()
    {
        using var key = Kek.GetRSAPrivateKey()!;
        AssertLoads(Write(Kek.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()), null);
        AssertLoads(Write(key.ExportRSAPrivateKeyPem() + "\n" + Kek.ExportCertificatePem()), null);
    }

    [Fact]
    public void A_pem_is_loaded_with_its_encrypted_private_key()
    {
        using var key = Kek.GetRSAPrivateKey()!;
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem(
            Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        var path = Write(Kek.ExportCertificatePem() + "\n" + encrypted);

        AssertLoads(path, Password);
        AssertRefused(path, "wrong password", "its password is wrong");
        AssertRefused(path, null, "needs a password");
    }

    [Fact]
    public void A_wrong_or_missing_password_is_refused()
    {
        var path = Write(Kek.Export(X509ContentType.Pfx, Password));
        AssertRefused(path, "wrong password", "its password is wrong");
        AssertRefused(path, null, "needs a password");
    }

    [Fact]
    public void What_is_no_certificate_is_refused()
    {
        AssertRefused(Path.Combine(directory, "none"), null, "can't be read");
        AssertRefused(directory, null, "can't be read");
        AssertRefused(Write("text"), null, "can't be opened");
        AssertRefused(Write(""), "secret password", "can't be opened");
        AssertRefused(Write("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), null, "can't be opened");
    }

    [Fact]
    public void A_certificate_without_private_key_is_refused()
    {
        using var publicOnly = X509CertificateLoader.LoadCertificate(Kek.RawData);
        AssertRefused(Write(publicOnly.Export(X509ContentType.Pfx)), null, "has no private key");
        AssertRefused(Write(Kek.ExportCertificatePem()), null, "can't be opened");
    }

    [Fact]
    public void A_key_that_is_not_rsa_or_too_short_is_refused()
    {
        using var ec = Certificates.Ec();
        using var weak = Certificates.Rsa(bits: 1024);
        AssertRefused(Write(ec.Export(X509ContentType.Pfx)), null, "has no RSA key");
        AssertRefused(Write(weak.Export(X509ContentType.Pfx)), null, "1024 bits; at least 2048");
    }

    [Fact]
    public void A_certificate_out_of_its_time_is_worth_a_warning()
    {
        Assert.Null(ProtectionCertificates.Warning(Kek, Certificates.Now));
        Assert.Contains("expired", ProtectionCertificates.Warning(Kek, Certificates.Now.AddDays(1)), StringComparison.Ordinal);
        Assert.Contains("valid only from", ProtectionCertificates.Warning(Kek, Certificates.Now.AddDays(-2)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_key_of_another_certificate_is_refused()
    {
        using var other = Certificates.Rsa("other");
        using var key = other.GetRSAPrivateKey()!;
        AssertRefused(Write(Kek.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()), null, "can't be opened");
    }

    [Fact]
    public void A_file_that_is_far_too_large_is_not_even_read()
    {
        var path = Path.Combine(directory, "large");
        using (var file = File.Create(path))
            file.SetLength(1L << 40);
        AssertRefused(path, null, "is larger than 1024 KiB");
        AssertRecipientRefused(path, "is larger than 1024 KiB");
    }

    [Fact]
    public void A_recipient_is_a_certificate_alone_in_pem_or_der()
    {
        foreach (var path in (string[])[Write(Kek.ExportCertificatePem()), Write(Kek.RawData)])
        {
            Assert.True(ProtectionCertificates.TryLoadRecipient(path, out var loaded, out var problem), problem);
            Assert.Equal((Kek.Thumbprint, false), (loaded.Thumbprint, loaded.HasPrivateKey));
        }

        using var key = Kek.GetRSAPrivateKey()!;
        using var ec = Certificates.Ec();
        using var weak = Certificates.Rsa(bits: 1024);
        AssertRecipientRefused(Write(Kek.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()), "has a private key beside it");
        AssertRecipientRefused(Write(Kek.ExportCertificatePem() + "\n" + ec.ExportCertificatePem()), "is one of several");
        AssertRecipientRefused(Write(Kek.Export(X509ContentType.Pfx)), "no certificate in PEM or DER");
        AssertRecipientRefused(Write(""), "no certificate in PEM or DER");
        AssertRecipientRefused(directory, "can't be read");
        AssertRecipientRefused(Write(ec.RawData), "has no RSA key");
        AssertRecipientRefused(Write(weak.RawData), "1024 bits; at least 2048");
    }

    private static void AssertRecipientRefused(string path, string why)
    {
        Assert.False(ProtectionCertificates.TryLoadRecipient(path, out _, out var problem));
        Assert.StartsWith($"The certificate '{path}' ", problem, StringComparison.Ordinal);
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    private static void AssertLoads(string path, string? password)
    {
        Assert.True(ProtectionCertificates.TryLoad(path, password, out var loaded, out var problem), problem);
        using (loaded)
        {
            Assert.Equal(Kek.Thumbprint, loaded.Thumbprint);
            var blob = new CmsKeyProtector([Kek]).Protect([1, 2, 3]);
            Assert.Equal([1, 2, 3], new CmsKeyProtector([loaded]).Unprotect(blob));
        }
    }

    private static void AssertRefused(string path, string? password, string why)
    {
        Assert.False(ProtectionCertificates.TryLoad(path, password, out _, out var problem));
        Assert.Contains(why, problem, StringComparison.Ordinal);
        Assert.StartsWith($"The certificate '{path}' ", problem, StringComparison.Ordinal);
        if (password is not null)
            Assert.DoesNotContain(password, problem, StringComparison.Ordinal);
    }

    private string Write(string text) => Write(System.Text.Encoding.ASCII.GetBytes(text));

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(directory, "kek");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
