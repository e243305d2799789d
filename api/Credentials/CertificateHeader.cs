using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Api.Credentials;

/// <summary>A certificate as proxies write it into a header: PEM with percent-escapes (nginx's <c>$ssl_client_escaped_cert</c>), or DER in
/// base64, between colons (RFC 9440) or bare.</summary>
internal static class CertificateHeader
{
    /// <summary>More than any certificate for a client takes, three times over for escapes.</summary>
    private const int MaxLength = 24 * 1024;

    private const string Label = "CERTIFICATE";

    /// <summary>Null for anything but one whole certificate.</summary>
    public static X509Certificate2? Parse(string header)
    {
        if (header.Length > MaxLength)
            return null;
        var text = header.AsSpan().Trim(' ');
        return text.StartsWith("-----BEGIN") ? FromPem(text)
            : text is [':', .. var bytes, ':'] ? FromBase64(bytes)
            : FromBase64(text);
    }

    private static X509Certificate2? FromPem(ReadOnlySpan<char> escaped)
    {
        // Only %xx stands for something; a plus is one of base64's own digits.
        var text = Uri.UnescapeDataString(escaped);
        var pem = text.AsSpan().Trim();
        return PemEncoding.TryFind(pem, out var fields)
            && pem[fields.Location].Length == pem.Length
            && pem[fields.Label].SequenceEqual(Label)
                ? FromBase64(pem[fields.Base64Data])
                : null;
    }

    private static X509Certificate2? FromBase64(ReadOnlySpan<char> text)
    {
        var der = new byte[text.Length];
        if (!Convert.TryFromBase64Chars(text, der, out var length) || length == 0)
            return null;
        try
        {
            var certificate = X509CertificateLoader.LoadCertificate(der.AsSpan(0, length));

            // The loader also takes what has something behind it.
            if (certificate.RawData.Length == length)
                return certificate;
            certificate.Dispose();
        }
        catch (CryptographicException)
        {
        }

        return null;
    }
}
