using System.Diagnostics;
using System.Security.Cryptography;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public sealed class DetachedSignatureTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 5, TimeSpan.Zero);

    private readonly string directory = Directory.CreateTempSubdirectory("tumbler-cms-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("P-256", 0)]
    [InlineData("P-256", 100_000)]
    [InlineData("P-384", 1)]
    [InlineData("RSA", 77)]
    public void OpenSSL_accepts_it_and_refuses_it_after_one_flipped_byte(string key, int length)
    {
        var signer = AuditSigners.Of(key);
        var content = RandomNumberGenerator.GetBytes(length);
        Write("content", content);
        Write("content.p7s", DetachedSignature.Sign(SHA256.HashData(content), signer, Now));
        File.WriteAllText(PathOf("cert.pem"), signer.Certificate.Pem());

        Assert.Equal(0, OpenSsl("cms", "-verify", "-binary", "-content", PathOf("content"), "-inform", "DER", "-in", PathOf("content.p7s"), "-CAfile", PathOf("cert.pem"), "-out", "/dev/null"));

        Write("content", length == 0 ? [1] : [.. content[..^1], (byte)(content[^1] ^ 1)]);
        Assert.NotEqual(0, OpenSsl("cms", "-verify", "-binary", "-content", PathOf("content"), "-inform", "DER", "-in", PathOf("content.p7s"), "-CAfile", PathOf("cert.pem"), "-out", "/dev/null"));
    }

    [Theory]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("RSA")]
    public void It_verifies_and_no_byte_of_it_may_change(string key)
    {
        var signer = AuditSigners.Of(key);
        var digest = SHA256.HashData("log"u8);
        var cms = DetachedSignature.Sign(digest, signer, Now);

        Assert.Null(DetachedSignatureReader.Problem(cms, digest, [AuditSigners.P256.Certificate, AuditSigners.P384.Certificate, AuditSigners.Rsa.Certificate]));
        Assert.Equal("is the signature of another content", DetachedSignatureReader.Problem(cms, SHA256.HashData("lag"u8), [signer.Certificate]));
        Assert.Equal("is not signed by the audit certificate", DetachedSignatureReader.Problem(cms, digest, []));

        // The certificate inside is only a courtesy: nobody trusts it, so nothing in it matters.
        var certificate = cms.AsSpan().IndexOf(signer.Certificate.Der.Span);
        for (var i = 0; i < cms.Length; i++)
        {
            var changed = cms.ToArray();
            changed[i] ^= 0x01;
            if (i < certificate || i >= certificate + signer.Certificate.Der.Length)
                Assert.True(DetachedSignatureReader.Problem(changed, digest, [signer.Certificate]) is not null, $"Byte {i} of {cms.Length}");
            Assert.NotNull(DetachedSignatureReader.Problem(cms.AsMemory(0, i), digest, [signer.Certificate]));
        }

        Assert.NotNull(DetachedSignatureReader.Problem((byte[])[.. cms, 0], digest, [signer.Certificate]));
    }

    [Fact]
    public void OpenSSL_reads_every_attribute_that_is_in_it()
    {
        var signer = AuditSigners.P256;
        File.WriteAllText(PathOf("cert.pem"), signer.Certificate.Pem());
        Write("signature", DetachedSignature.Sign(SHA256.HashData("x"u8), signer, Now));

        // What is in it, as OpenSSL reads it.
        var (code, text) = OpenSslText("cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", PathOf("signature"));

        Assert.Equal(0, code);
        foreach (var part in (string[])["pkcs7-signedData", "version: 1", "sha256", "contentType", "signingTime", "messageDigest", "Mar  1 12:00:00 2026 GMT", "id-smime-aa-signingCertificateV2"])
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(directory, name);

    private void Write(string name, byte[] content) => File.WriteAllBytes(PathOf(name), content);

    private static int OpenSsl(params string[] arguments) => OpenSslText(arguments).Code;

    private static (int Code, string Text) OpenSslText(params string[] arguments)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = openssl.StandardError.ReadToEndAsync();
        var text = openssl.StandardOutput.ReadToEnd();
        openssl.WaitForExit();
        return (openssl.ExitCode, text);
    }
}
