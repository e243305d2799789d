using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Storage.Protection;

/// <summary>Reads the certificates by which the processes of a cluster know each other and their stores.</summary>
public static class SiloCertificateFiles
{
    /// <param name="path">A PFX, or a PEM with the certificate and its private key.</param>
    /// <param name="password">Of the PFX or of the PEM's encrypted private key; null when there is none.</param>
    /// <param name="problem">For the operator: names the file and never repeats the password.</param>
    public static bool TryLoad(
        string path, string? password, [NotNullWhen(true)] out X509Certificate2? certificate, [NotNullWhen(false)] out string? problem)
    {
        (certificate, problem) = (null, null);
        if (!CertificateFile.TryRead(path, bytes => CertificateFile.WithPrivateKey(path, bytes, password), out var read))
            problem = CertificateFile.NotOpened(password);
        else if (read.HasPrivateKey)
            certificate = read;
        else
            problem = "has no private key";
        if (problem is not null)
            problem = $"The certificate '{path}' {problem}.";
        return certificate is not null;
    }

    /// <param name="path">PEM with one certificate or several, or one as DER.</param>
    public static bool TryLoadAuthorities(
        string path, [NotNullWhen(true)] out X509Certificate2Collection? authorities, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (CertificateFile.TryRead(path, CertificateFile.Public, out authorities) && authorities.Count > 0)
            return true;
        (authorities, problem) = (null, $"The file '{path}' can't be read, or is no certificate in PEM or DER.");
        return false;
    }
}
