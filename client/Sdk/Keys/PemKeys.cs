using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Client.Tokens;

namespace Tumbler.Client.Keys;

/// <summary>Public keys and certificates in PEM (RFC 7468). They have no <c>kid</c>, so each is tried for every token.</summary>
internal static class PemKeys
{
    private const int MaxSize = 256 * 1024;

    /// <exception cref="FormatException">There is something else in it, a private key for example, or nothing.</exception>
    public static IReadOnlyList<PublicKey> Read(string file)
    {
        if (new FileInfo(file).Length > MaxSize)
            throw new FormatException($"It is larger than {MaxSize / 1024} KB.");
        var text = File.ReadAllText(file).AsSpan();
        var keys = new List<PublicKey>();
        while (PemEncoding.TryFind(text, out var found))
        {
            keys.Add(Key(text[found.Label].ToString(), text[found.Location]));
            text = text[found.Location.End..];
        }

        return keys;
    }

    private static PublicKey Key(string label, ReadOnlySpan<char> pem)
    {
        try
        {
            switch (label)
            {
                case "CERTIFICATE":
                    using (var certificate = X509Certificate2.CreateFromPem(pem))
                        return Key(certificate.PublicKey.ExportSubjectPublicKeyInfo());
                case "PUBLIC KEY":
                    return Key(Convert.FromBase64String(Body(pem)));
                case "RSA PUBLIC KEY":
                    using (var rsa = RSA.Create())
                    {
                        rsa.ImportFromPem(pem);
                        return Rsa(rsa);
                    }

                default:
                    throw new FormatException($"{label} has no place in it; public keys and certificates have.");
            }
        }
        catch (CryptographicException e)
        {
            throw new FormatException($"A {label} in it is none that verifies any of the known algorithms: {e.Message}", e);
        }
    }

    private static string Body(ReadOnlySpan<char> pem) => pem[PemEncoding.Find(pem).Base64Data].ToString();

    private static PublicKey Key(byte[] info)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(info, out _);
            return Rsa(rsa);
        }
        catch (CryptographicException)
        {
            using var ec = ECDsa.Create();
            ec.ImportSubjectPublicKeyInfo(info, out _);
            return Ec(ec);
        }
    }

    private static PublicKey Rsa(RSA rsa)
    {
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        return PublicKey.Rsa(null, null, parameters.Modulus!, parameters.Exponent!);
    }

    private static PublicKey Ec(ECDsa ec)
    {
        var parameters = ec.ExportParameters(includePrivateParameters: false);
        var curve = EcCurve.All.FirstOrDefault(curve => parameters.Curve.IsNamed && curve.Curve.Oid.Value == parameters.Curve.Oid.Value)
            ?? throw new CryptographicException("It is on a curve that no algorithm uses.");
        return PublicKey.Ec(null, null, curve, parameters.Q.X!, parameters.Q.Y!);
    }
}
