using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Stories.Tests.Secrets;

/// <summary>Every secret that came into being during the run. What it remembers of each is a part in which no two are
/// alike: the sixteen characters before the last four, which a log may show. A log that holds more of the secret holds these.</summary>
public sealed class SecretsSeen
{
    private const int MayBeShown = 4;
    private const int Remembered = 16;

    private readonly ConcurrentDictionary<string, bool> parts = new(StringComparer.Ordinal);

    public int Count => parts.Count;

    public IReadOnlyCollection<string> Parts => [.. parts.Keys];

    public void Add(string secret)
    {
        if (secret.Length < Remembered + MayBeShown)
            throw new ArgumentException("That is too short for a secret.", nameof(secret));
        parts.TryAdd(secret[^(Remembered + MayBeShown)..^MayBeShown], true);
    }

    /// <summary>The secrets that a silo made for itself in its data directory.</summary>
    public void AddFilesOf(string data)
    {
        foreach (var file in Directory.EnumerateFiles(data, "*.key"))
            Add(File.ReadAllText(file).Trim());
        foreach (var file in Directory.EnumerateFiles(data, "*.pfx"))
        {
            var pfx = File.ReadAllBytes(file);
            Add(Convert.ToBase64String(pfx));
            Add(PrivateKeyOf(pfx));
        }
    }

    private static string PrivateKeyOf(byte[] pfx)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12(pfx, password: null, X509KeyStorageFlags.Exportable);
        using AsymmetricAlgorithm? key = certificate.GetRSAPrivateKey() ?? (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey();
        return Convert.ToBase64String(key!.ExportPkcs8PrivateKey());
    }
}
