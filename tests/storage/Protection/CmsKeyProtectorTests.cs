using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;
using Tumbler.Storage.Protection;

namespace Tumbler.Storage.Tests.Protection;

public sealed class CmsKeyProtectorTests : IDisposable
{
    private static readonly X509Certificate2 Kek = Certificates.Rsa("kek");
    private static readonly X509Certificate2 Older = Certificates.Rsa("older");
    private static readonly X509Certificate2 Foreign = Certificates.Rsa("kek");

    private readonly string directory = Directory.CreateTempSubdirectory("tumbler-cms-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData(JwsAlgorithm.ES256, null)]
    [InlineData(JwsAlgorithm.ES512, null)]
    [InlineData(JwsAlgorithm.RS256, 4096)]
    public void What_is_protected_can_be_opened(JwsAlgorithm algorithm, int? bits)
    {
        using var key = PrivateKey.Generate(algorithm, bits);
        var pkcs8 = key.ExportPkcs8();
        var protector = new CmsKeyProtector([Kek]);

        var cms = protector.Protect(pkcs8);

        Assert.Equal(pkcs8, protector.Unprotect(cms));
        Assert.True(cms.Cms.Span.IndexOf(pkcs8.AsSpan(0, 16)) < 0);
        Assert.NotEqual(cms.Cms.ToArray(), protector.Protect(pkcs8).Cms.ToArray());
    }

    [Fact]
    public void The_first_certificate_protects_and_every_one_opens()
    {
        var old = new CmsKeyProtector([Older]).Protect([1, 2, 3]);
        var both = new CmsKeyProtector([Kek, Older]);

        Assert.Equal([1, 2, 3], both.Unprotect(old));
        var now = both.Protect([4, 5, 6]);
        Assert.Equal([4, 5, 6], new CmsKeyProtector([Kek]).Unprotect(now));
        Assert.Throws<CryptographicException>(() => new CmsKeyProtector([Older]).Unprotect(now));
    }

    [Fact]
    public void A_blob_for_a_certificate_of_the_same_name_is_refused()
    {
        var blob = new CmsKeyProtector([Foreign]).Protect([1, 2, 3]);
        Assert.Throws<CryptographicException>(() => new CmsKeyProtector([Kek]).Unprotect(blob));
    }

    [Fact]
    public void A_damaged_blob_never_opens_as_what_it_was()
    {
        var protector = new CmsKeyProtector([Kek]);
        byte[] content = [.. Enumerable.Range(0, 100).Select(n => (byte)n)];
        var blob = protector.Protect(content).Cms.ToArray();
        var random = new Random(1);

        for (var i = 0; i < 500; i++)
        {
            var damaged = (byte[])blob.Clone();
            damaged[random.Next(blob.Length)] ^= (byte)(1 << random.Next(8));
            AssertNotOpened(protector, damaged, content);
            AssertNotOpened(protector, blob[..random.Next(blob.Length)], content);
        }
    }

    [Fact]
    public void The_algorithms_are_those_of_the_design()
    {
        var cms = new EnvelopedCms();
        cms.Decode(new CmsKeyProtector([Kek]).Protect([1]).Cms.Span);

        Assert.Equal("2.16.840.1.101.3.4.1.42", cms.ContentEncryptionAlgorithm.Oid.Value);
        var recipient = Assert.Single(cms.RecipientInfos.Cast<RecipientInfo>());
        Assert.Equal("1.2.840.113549.1.1.7", recipient.KeyEncryptionAlgorithm.Oid.Value);
        Assert.Contains("608648016503040201", Convert.ToHexString(recipient.KeyEncryptionAlgorithm.Parameters), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenSsl_opens_it_with_the_certificates_key()
    {
        using var key = PrivateKey.Generate(JwsAlgorithm.RS256);
        var pkcs8 = key.ExportPkcs8();
        var (blob, pem, plain) = (Path.Combine(directory, "blob"), Path.Combine(directory, "kek.pem"), Path.Combine(directory, "plain"));
        await File.WriteAllBytesAsync(blob, new CmsKeyProtector([Kek]).Protect(pkcs8).Cms.ToArray());
        using (var kek = Kek.GetRSAPrivateKey()!)
            await File.WriteAllTextAsync(pem, kek.ExportPkcs8PrivateKeyPem());

        using var openssl = Process.Start("openssl", ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", blob, "-inkey", pem, "-out", plain]);
        await openssl.WaitForExitAsync();

        Assert.Equal(0, openssl.ExitCode);
        Assert.Equal(pkcs8, await File.ReadAllBytesAsync(plain));
    }

    [Fact]
    public void Keys_are_protected_and_opened_on_many_threads_at_once()
    {
        var protector = new CmsKeyProtector([Kek, Older]);
        Parallel.For(0, 100, n => Assert.Equal([(byte)n], protector.Unprotect(protector.Protect([(byte)n]))));
    }

    /// <summary>CBC may hand out something; it must not be the key (the engine compares it with the public half).</summary>
    private static void AssertNotOpened(CmsKeyProtector protector, byte[] blob, byte[] content)
    {
        try
        {
            var opened = protector.Unprotect(new ProtectedKey(blob));

            // Bits of names and versions that nothing depends on can be flipped without harm.
            Assert.True(opened.AsSpan().SequenceEqual(content) || opened.Length <= content.Length + 16);
        }
        catch (CryptographicException)
        {
        }
    }
}
