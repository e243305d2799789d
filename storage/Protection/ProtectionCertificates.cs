using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Storage.Protection;

/// <summary>Reads key-encryption certificates: with their private keys from PFX (PKCS#12) or PEM files, without from DER or PEM.</summary>
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
        problem = TryRead(path, bytes => Own(path, bytes, password), out var read);
        if (problem is null && !read!.HasPrivateKey)
            problem = "has no private key";
        return Checked(path, read, problem, out certificate, out problem);
    }

    /// <summary>A certificate that keys are encrypted for and that opens nothing here.</summary>
    /// <param name="path">A certificate alone, in PEM or DER.</param>
    /// <inheritdoc cref="TryLoad"/>
    public static bool TryLoadRecipient(
        string path, [NotNullWhen(true)] out X509Certificate2? certificate, [NotNullWhen(false)] out string? problem)
    {
        problem = TryRead(path, Recipient, out var read);
        return Checked(path, read, problem, out certificate, out problem);
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

    private static bool Checked(
        string path,
        X509Certificate2? read,
        string? complaint,
        [NotNullWhen(true)] out X509Certificate2? certificate,
        [NotNullWhen(false)] out string? problem)
    {
        complaint ??= ProblemOf(read!);
        certificate = complaint is null ? read! : null;
        problem = complaint is null ? null : $"The certificate '{path}' {complaint}.";
        if (certificate is null)
            read?.Dispose();
        return complaint is null;
    }

    /// <returns>What is wrong, or null.</returns>
    private static string? TryRead(string path, Func<byte[], (X509Certificate2?, string?)> read, out X509Certificate2? certificate)
    {
        certificate = null;
        byte[] bytes;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > CertificateFile.MaxSize })
                return $"is larger than {CertificateFile.MaxSize / 1024} KiB";
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"can't be read: {e.Message.TrimEnd('.')}";
        }

        (certificate, var problem) = read(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return problem;
    }

    private static (X509Certificate2?, string?) Own(string path, byte[] bytes, string? password)
    {
        try
        {
            return (CertificateFile.WithPrivateKey(path, bytes, password), null);
        }
        catch (CryptographicException)
        {
            return (null, CertificateFile.NotOpened(password));
        }
    }

    private static (X509Certificate2?, string?) Recipient(byte[] bytes)
    {
        // A private key beside it would be the escrow's, in the one place that it must be kept away from.
        if (bytes.AsSpan().IndexOf("PRIVATE KEY-----"u8) >= 0)
            return (null, "has a private key beside it; a recipient is a certificate alone");
        if (bytes.AsSpan().Count("-----BEGIN CERTIFICATE-----"u8) > 1)
            return (null, "is one of several in the file; give the recipient's alone");
        try
        {
            return (X509CertificateLoader.LoadCertificate(bytes), null);
        }
        catch (CryptographicException)
        {
            return (null, "can't be opened: it is no certificate in PEM or DER");
        }
    }

    private static string? ProblemOf(X509Certificate2 certificate)
    {
        using var publicKey = certificate.GetRSAPublicKey();
        if (publicKey is null)
            return "has no RSA key";
        return publicKey.KeySize < MinRsaBits
            ? $"has an RSA key of {publicKey.KeySize} bits; at least {MinRsaBits} are needed"
            : null;
    }
}
