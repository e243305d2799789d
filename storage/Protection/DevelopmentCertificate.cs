using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Engine;

namespace Tumbler.Storage.Protection;

/// <summary>The key-encryption certificate of a developer's machine: self-made, beside the data that it protects, without
/// a password. It protects against nobody who can read the directory; production refuses it.</summary>
public static class DevelopmentCertificate
{
    public const string FileName = "kek.pfx";

    private const int RsaBits = 2048;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // No date on which a developer's data becomes unreadable: "no well-defined expiration", RFC 5280 §4.1.2.5.
    private static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>Reads the directory's certificate, or makes it when there is none.</summary>
    /// <param name="directory">Exists, and is locked by this process.</param>
    /// <param name="problem">For the operator.</param>
    public static bool TryLoadOrCreate(
        string directory,
        DateTimeOffset now,
        [NotNullWhen(true)] out X509Certificate2? certificate,
        [NotNullWhen(false)] out string? problem)
    {
        certificate = null;
        var path = Path.Combine(Path.GetFullPath(directory), FileName);
        try
        {
            if (!File.Exists(path))
                Create(path, now);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                problem = $"The certificate '{path}' is open to other users; chmod 600 it, and make a new one if others could have read it.";
                return false;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"The certificate '{path}' can't be made: {e.Message}";
            return false;
        }

        return ProtectionCertificates.TryLoad(path, password: null, out certificate, out problem);
    }

    private static void Create(string path, DateTimeOffset now)
    {
        using var key = RSA.Create(RsaBits);
        var request = new CertificateRequest(
            "CN=tumbler development", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment, critical: true));
        using var certificate = request.CreateSelfSigned(now, Never);
        var pfx = certificate.Export(X509ContentType.Pfx);
        var draft = $"{path}.{Chance.Uuid():N}.new";
        try
        {
            WriteDraft(draft, pfx);

            // There whole or not at all, and never in place of another: what that one protects would be lost.
            File.Move(draft, path, overwrite: false);
            DirectoryFlush.Flush(Path.GetDirectoryName(path)!);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pfx);
            File.Delete(draft);
        }
    }

    private static void WriteDraft(string draft, byte[] pfx)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        using var file = new FileStream(draft, options);
        file.Write(pfx);
        file.Flush(flushToDisk: true);
    }
}
