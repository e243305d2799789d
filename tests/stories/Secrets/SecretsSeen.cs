using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;

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

    /// <summary>The secrets that a silo made for itself: everything in its data directory but journal and clock.</summary>
    public void AddFilesOf(string data)
    {
        foreach (var file in new DirectoryInfo(data).EnumerateFiles())
        {
            if (file.Name.StartsWith("journal.", StringComparison.Ordinal) || file.Name.StartsWith("clock.", StringComparison.Ordinal))
                continue;
            var bytes = File.ReadAllBytes(file.FullName);
            if (file.Extension == ".pfx")
                Add(PrivateKeyOf(bytes));
            if (bytes.All(b => b is (byte)'\n' or >= 0x20 and < 0x7f))
                AddText(Encoding.ASCII.GetString(bytes));
            else
                Add(Convert.ToBase64String(bytes));
        }
    }

    private static string PrivateKeyOf(byte[] pfx)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12(pfx, password: null, X509KeyStorageFlags.Exportable);
        using var key = certificate.GetRSAPrivateKey();
        return Convert.ToBase64String(key!.ExportPkcs8PrivateKey());
    }

    /// <summary>Line by line, so that of a PEM file each line counts.</summary>
    private void AddText(string text)
    {
        foreach (var line in text.Split('\n').Where(line => line.Length >= Remembered + MayBeShown && !line.StartsWith("-----", StringComparison.Ordinal)))
            Add(line);
    }
}
