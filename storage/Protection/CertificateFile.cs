using System.Diagnostics.CodeAnalysis;
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

    /// <param name="bytes">PEM with one certificate or several, or one as DER.</param>
    /// <exception cref="CryptographicException"/>
    public static X509Certificate2Collection Public(byte[] bytes)
    {
        if (!IsPem(bytes))
            return [X509CertificateLoader.LoadCertificate(bytes)];
        var all = new X509Certificate2Collection();
        all.ImportFromPem(System.Text.Encoding.ASCII.GetString(bytes));
        return all;
    }

    /// <returns>False when the file can't be read or holds something else.</returns>
    public static bool TryRead<T>(string path, Func<byte[], T> parse, [NotNullWhen(true)] out T? read) where T : class
    {
        read = null;
        byte[] bytes = [];
        try
        {
            if (new FileInfo(path).Length > MaxSize)
                return false;
            bytes = File.ReadAllBytes(path);
            read = parse(bytes);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>One message for all that can be wrong with opening it: the causes can't be told apart for sure, and theirs name
    /// other files.</summary>
    public static string NotOpened(string? password) => password is null
        ? "can't be opened: it is no PFX or PEM with certificate and private key, or it needs a password"
        : "can't be opened: its password is wrong, or it is no PFX or PEM with certificate and private key";
}
