using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Storage.Protection;

/// <summary>Reads key-encryption certificates with their private keys from PFX (PKCS#12) or PEM files.</summary>
public static class ProtectionCertificates
{
    /// <summary>What NIST SP 800-57 asks of RSA since 2014.</summary>
    public const int MinRsaBits = 2048;

    /// <param name="path">A PFX, or a PEM with the certificate and its PKCS#8 or PKCS#1 private key.</param>
    /// <param name="password">Of the PFX or of the PEM's encrypted private key; null when there is none.</param>
    /// <param name="problem">For the operator: names the file and never repeats the password.</param>
    public static bool TryLoad(
        string path,
        string? password,
        [NotNullWhen(true)] out X509Certificate2? certificate,
        [NotNullWhen(false)] out string? problem)
    {
        certificate = null;
        problem = TryRead(path, password, out var read) ?? ProblemOf(read!);
        if (problem is null)
        {
            certificate = read!;
            return true;
        }

        read?.Dispose();
        problem = $"The certificate '{path}' {problem}.";
        return false;
    }

    /// <summary>What an operator should know about a certificate that works. Expiry is no reason to stop: what it protects
    /// would be lost with it.</summary>
    public static string? Warning(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (now >= certificate.NotAfter.ToUniversalTime())
            return $"The key-encryption certificate '{certificate.Subject}' expired at {certificate.NotAfter.ToUniversalTime():O}; replace it.";
        return now < certificate.NotBefore.ToUniversalTime()
            ? $"The key-encryption certificate '{certificate.Subject}' is valid only from {certificate.NotBefore.ToUniversalTime():O}."
            : null;
    }

    private static string? TryRead(string path, string? password, out X509Certificate2? certificate)
    {
        certificate = null;
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"can't be read: {e.Message.TrimEnd('.')}";
        }

        try
        {
            certificate = IsPem(bytes) ? FromPem(path, password) : FromPfx(bytes, password);
            return null;
        }
        catch (CryptographicException)
        {
            // One message for all that can be wrong: the causes can't be told apart for sure, and theirs name other files.
            return password is null
                ? "can't be opened: it is no PFX or PEM with certificate and private key, or it needs a password"
                : "can't be opened: its password is wrong, or it is no PFX or PEM with certificate and private key";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static bool IsPem(ReadOnlySpan<byte> bytes) => bytes.IndexOf("-----BEGIN "u8) >= 0;

    private static X509Certificate2 FromPem(string path, string? password) => password is null
        ? X509Certificate2.CreateFromPemFile(path)
        : X509Certificate2.CreateFromEncryptedPemFile(path, password);

    private static X509Certificate2 FromPfx(byte[] bytes, string? password) =>
        X509CertificateLoader.LoadPkcs12(bytes, password, X509KeyStorageFlags.EphemeralKeySet);

    private static string? ProblemOf(X509Certificate2 certificate)
    {
        using var publicKey = certificate.GetRSAPublicKey();
        if (publicKey is null)
            return "has no RSA key";
        if (publicKey.KeySize < MinRsaBits)
            return $"has an RSA key of {publicKey.KeySize} bits; at least {MinRsaBits} are needed";
        return certificate.HasPrivateKey ? null : "has no private key";
    }
}
