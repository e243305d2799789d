using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;
using Tumbler.Contracts.Protection;
using Tumbler.Engine.Protection;
using Tumbler.Storage.Protection;

namespace Tumbler.Storage.Tests.Protection;

public sealed class CmsKeyProtectorTests : IDisposable
{
    private static readonly X509Certificate2 Kek = Certificates.Rsa("kek");
    private static readonly X509Certificate2 Older = Certificates.Rsa("older");
    private static readonly X509Certificate2 Foreign = Certificates.Rsa("kek");

    private static readonly X509Certificate2 Escrow = Certificates.Rsa("escrow");

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
        AssertUnreadable(KeyFault.NoCertificate, new CmsKeyProtector([Older]), now);
    }

    [Fact]
    public void Certificates_are_replaced_while_it_is_used()
    {
        var protector = new CmsKeyProtector([Older]);
        var old = protector.Protect([1, 2, 3]);

        protector.Replace([Kek, Older], [Escrow]);

        Assert.Equal([CertificateRole.Current, CertificateRole.Decrypts, CertificateRole.RecipientOnly], protector.Certificates.Select(each => each.Role));
        Assert.Equal([1, 2, 3], protector.Unprotect(old));
        var now = protector.Protect([4, 5, 6]);
        Assert.Equal([4, 5, 6], new CmsKeyProtector([Escrow]).Unprotect(now));
        AssertUnreadable(KeyFault.NoCertificate, new CmsKeyProtector([Older]), now);
        Assert.Single(protector.ReadersOf(old).Thumbprints);

        protector.Replace([Kek], []);
        Assert.Equal([4, 5, 6], protector.Unprotect(now));
        AssertUnreadable(KeyFault.NoCertificate, protector, old);
    }

    [Fact]
    public void A_blob_for_a_certificate_of_the_same_name_is_refused()
    {
        var blob = new CmsKeyProtector([Foreign]).Protect([1, 2, 3]);
        AssertUnreadable(KeyFault.NoCertificate, new CmsKeyProtector([Kek]), blob);
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
    public void What_a_recipient_can_open_it_opens_and_nothing_is_opened_for_it_here()
    {
        var protector = new CmsKeyProtector([Kek, Older], [Escrow]);

        var blob = protector.Protect([1, 2, 3]);

        Assert.Equal([1, 2, 3], new CmsKeyProtector([Kek]).Unprotect(blob));
        Assert.Equal([1, 2, 3], new CmsKeyProtector([Escrow]).Unprotect(blob));
        AssertUnreadable(KeyFault.NoCertificate, new CmsKeyProtector([Older]), blob);
        AssertUnreadable(KeyFault.NoCertificate, protector, new CmsKeyProtector([Escrow]).Protect([1]));
    }

    [Fact]
    public void Each_certificate_is_described_by_what_it_is_for()
    {
        var protector = new CmsKeyProtector([Kek, Older], [Escrow]);

        Assert.Equal(
            [
                (Thumbprint(Kek), CertificateRole.Current), (Thumbprint(Older), CertificateRole.Decrypts), (Thumbprint(Escrow), CertificateRole.RecipientOnly),
            ],
            protector.Certificates.Select(each => (each.Thumbprint, each.Role)));
        Assert.Equal(("CN=kek", Certificates.Now.AddDays(1)), (protector.Certificates[0].Subject, protector.Certificates[0].NotAfter));
    }

    [Fact]
    public void Whom_a_blob_is_for_can_be_read_without_any_private_key()
    {
        var blob = new CmsKeyProtector([Kek], [Escrow, Foreign]).Protect([1]);

        var readers = new CmsKeyProtector([Older, Kek], [Escrow]).ReadersOf(blob);

        Assert.Equal([Thumbprint(Kek), Thumbprint(Escrow)], readers.Thumbprints);
        Assert.Equal(1, readers.Others);
        Assert.Equal(KeyFault.Damaged, Assert.Throws<UnreadableKeyException>(() => new CmsKeyProtector([Kek]).ReadersOf(new ProtectedKey(new byte[9]))).Fault);
    }

    [Fact]
    public void When_the_part_for_one_certificate_is_damaged_the_other_one_still_opens()
    {
        var both = new CmsKeyProtector([Kek], [Escrow]);
        var blob = both.Protect([1, 2, 3]).Cms.ToArray();
        Assert.Equal(2, Parts(blob).Length);
        foreach (var part in Parts(blob))
        {
            var damaged = (byte[])blob.Clone();
            damaged[damaged.AsSpan().IndexOf(part) + 100] ^= 1;

            Assert.Equal([1, 2, 3], new CmsKeyProtector([Kek, Escrow]).Unprotect(new ProtectedKey(damaged)));
            Assert.Equal([1, 2, 3], new CmsKeyProtector([Escrow, Kek]).Unprotect(new ProtectedKey(damaged)));
        }

        static byte[][] Parts(byte[] blob)
        {
            var cms = new EnvelopedCms();
            cms.Decode(blob);
            return [.. cms.RecipientInfos.Cast<RecipientInfo>().Select(each => each.EncryptedKey)];
        }
    }

    [Fact]
    public void What_is_empty_or_huge_or_something_else_is_damaged()
    {
        var protector = new CmsKeyProtector([Kek]);
        var signed = new SignedCms(new ContentInfo([1, 2, 3]));
        signed.ComputeSignature(new CmsSigner(Kek));
        byte[][] blobs = [[], [0x30], [0x30, 0x80], [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF], new byte[100_000_000], signed.Encode(), Kek.RawData];

        Assert.All(blobs, blob => AssertUnreadable(KeyFault.Damaged, protector, new ProtectedKey(blob)));
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
    public async Task OpenSsl_opens_it_with_the_key_of_each_recipient_and_of_nobody_else()
    {
        using var key = PrivateKey.Generate(JwsAlgorithm.RS256);
        var pkcs8 = key.ExportPkcs8();
        var (blob, plain) = (Path.Combine(directory, "blob"), Path.Combine(directory, "plain"));
        await File.WriteAllBytesAsync(blob, new CmsKeyProtector([Kek, Older], [Escrow]).Protect(pkcs8).Cms.ToArray());

        Assert.Equal(0, await Decrypt(Kek));
        Assert.Equal(pkcs8, await File.ReadAllBytesAsync(plain));
        Assert.Equal(0, await Decrypt(Escrow));
        Assert.Equal(pkcs8, await File.ReadAllBytesAsync(plain));
        Assert.NotEqual(0, await Decrypt(Older));

        async Task<int> Decrypt(X509Certificate2 recipient)
        {
            File.Delete(plain);
            var (inkey, recip) = (Path.Combine(directory, "key.pem"), Path.Combine(directory, "certificate.pem"));
            using var privateKey = recipient.GetRSAPrivateKey()!;
            await File.WriteAllTextAsync(inkey, privateKey.ExportPkcs8PrivateKeyPem());
            await File.WriteAllTextAsync(recip, recipient.ExportCertificatePem());
            using var openssl = Process.Start(new ProcessStartInfo(
                "openssl", ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", blob, "-inkey", inkey, "-recip", recip, "-out", plain])
            { RedirectStandardError = true })!;
            await openssl.StandardError.ReadToEndAsync();
            await openssl.WaitForExitAsync();
            return openssl.ExitCode;
        }
    }

    [Fact]
    public void Keys_are_protected_and_opened_on_many_threads_at_once()
    {
        var protector = new CmsKeyProtector([Kek, Older]);
        Parallel.For(0, 100, n => Assert.Equal([(byte)n], protector.Unprotect(protector.Protect([(byte)n]))));
    }

    private static string Thumbprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();

    private static void AssertUnreadable(KeyFault fault, CmsKeyProtector protector, ProtectedKey blob) =>
        Assert.Equal(fault, Assert.Throws<UnreadableKeyException>(() => protector.Unprotect(blob)).Fault);

    /// <summary>CBC may hand out something; it must not be the key (the engine compares it with the public half).</summary>
    private static void AssertNotOpened(CmsKeyProtector protector, byte[] blob, byte[] content)
    {
        try
        {
            var opened = protector.Unprotect(new ProtectedKey(blob));

            // Bits of names and versions that nothing depends on can be flipped without harm.
            Assert.True(opened.AsSpan().SequenceEqual(content) || opened.Length <= content.Length + 16);
        }
        catch (UnreadableKeyException)
        {
        }
    }
}
