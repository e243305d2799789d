using Tumbler.Api.Credentials;
using Tumbler.Tests.Certificates;

namespace Tumbler.Api.Tests.Credentials;

public sealed class CertificateHeaderTests
{
    [Fact]
    public void The_forms_that_proxies_write_are_read()
    {
        using var certificate = TestCertificates.Issue();
        var (pem, der) = (certificate.ExportCertificatePem(), Convert.ToBase64String(certificate.RawData));
        string[] forms =
        [
            Uri.EscapeDataString(pem), Uri.EscapeDataString(pem + "\n"), pem.Replace("\n", "%0A", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal),
            $":{der}:", $" :{der}: ", der,
        ];

        foreach (var form in forms)
        {
            using var read = CertificateHeader.Parse(form);
            Assert.Equal(certificate.Thumbprint, read?.Thumbprint);
        }
    }

    [Fact]
    public void Anything_but_one_whole_certificate_is_none()
    {
        using var certificate = TestCertificates.Issue();
        var (pem, der) = (Uri.EscapeDataString(certificate.ExportCertificatePem()), Convert.ToBase64String(certificate.RawData));
        string[] forms =
        [
            "", " ", "x", ":", "::", ":x:", "-----BEGIN CERTIFICATE-----", "CN=client", "(null)",
            pem + pem, "x" + pem, pem + "x", pem[..^40], pem.Replace("CERTIFICATE", "PRIVATE%20KEY", StringComparison.Ordinal),
            $":{der}", $"{der}:", $":{der}:;a=b", $":{der}:, :{der}:", der[..^8],
            Convert.ToBase64String([.. certificate.RawData, 0]), Convert.ToBase64String([.. certificate.RawData, .. certificate.RawData]),
            new string('A', 30_000), "%", "-----BEGIN%", "-----BEGIN%00",
        ];

        foreach (var form in forms)
        {
            using var read = CertificateHeader.Parse(form);
            Assert.True(read is null, form);
        }
    }

    [Fact]
    public void No_header_makes_it_throw()
    {
        using var certificate = TestCertificates.Issue();
        var good = Uri.EscapeDataString(certificate.ExportCertificatePem());
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = good.ToCharArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                text[random.Next(text.Length)] = (char)random.Next(1, 256);
            CertificateHeader.Parse(new string(text)[..random.Next(text.Length)])?.Dispose();
            CertificateHeader.Parse(new string(text))?.Dispose();
        }
    }
}
