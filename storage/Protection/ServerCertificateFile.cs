using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Storage.Protection;

/// <summary>What a server shows its callers: its certificate with private key, and the ones between it and the authority that
/// callers know.</summary>
public sealed record ServerCertificateFile(X509Certificate2 Own, X509Certificate2Collection Chain)
{
    /// <param name="path">A PFX, or a PEM with the certificate first, its private key, and the chain.</param>
    /// <param name="password">Of the PFX or of the PEM's encrypted private key; null when there is none.</param>
    /// <param name="problem">For the operator: names the file and never repeats the password.</param>
    public static bool TryLoad(
        string path, string? password, [NotNullWhen(true)] out ServerCertificateFile? file, [NotNullWhen(false)] out string? problem)
    {
        if (!CertificateFile.TryRead(path, bytes => Parse(path, bytes, password), out file))
            problem = CertificateFile.NotOpened(password);
        else if (!file.Own.HasPrivateKey)
            problem = "has no private key";
        else
        {
            problem = null;
            return true;
        }

        (file, problem) = (null, $"The certificate '{path}' {problem}.");
        return false;
    }

    // By content: whether a file was read anew says nothing.
    public bool Equals(ServerCertificateFile? other) => other is not null
        && Own.RawData.AsSpan().SequenceEqual(other.Own.RawData)
        && Chain.Select(each => each.Thumbprint).SequenceEqual(other.Chain.Select(each => each.Thumbprint), StringComparer.Ordinal);

    public override int GetHashCode() => Own.GetHashCode();

    private static ServerCertificateFile Parse(string path, byte[] bytes, string? password)
    {
        var own = CertificateFile.WithPrivateKey(path, bytes, password);
        var all = CertificateFile.IsPem(bytes)
            ? CertificateFile.Public(bytes)
            : X509CertificateLoader.LoadPkcs12Collection(bytes, password, X509KeyStorageFlags.EphemeralKeySet);
        return new ServerCertificateFile(own, [.. all.Where(each => !each.RawData.AsSpan().SequenceEqual(own.RawData))]);
    }
}
