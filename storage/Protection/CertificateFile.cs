using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Storage.Protection;

/// <summary>What files with certificates have in common, whatever the certificates are for.</summary>
internal static class CertificateFile
{
    /// <summary>A certificate with its chain and key takes a hundredth of it.</summary>
    public const int MaxSize = 1024 * 1024;

    public static bool IsPem(ReadOnlySpan<byte> bytes) => bytes.IndexOf("-----BEGIN "u8) >= 0;

    /// <param name="bytes">What is in the file: a PFX, or a PEM with certificate and private key.</param>
    /// <param name="password">Of the PFX or of the PEM's encrypted private key; null when there is none.</param>
    /// <exception cref="CryptographicException"/>
    public static X509Certificate2 WithPrivateKey(string path, byte[] bytes, string? password) =>
        !IsPem(bytes) ? X509CertificateLoader.LoadPkcs12(bytes, password, X509KeyStorageFlags.EphemeralKeySet)
        : password is null ? X509Certificate2.CreateFromPemFile(path)
        : X509Certificate2.CreateFromEncryptedPemFile(path, password);

    /// <summary>One message for all that can be wrong with opening it: the causes can't be told apart for sure, and theirs name
    /// other files.</summary>
    public static string NotOpened(string? password) => password is null
        ? "can't be opened: it is no PFX or PEM with certificate and private key, or it needs a password"
        : "can't be opened: its password is wrong, or it is no PFX or PEM with certificate and private key";
}
