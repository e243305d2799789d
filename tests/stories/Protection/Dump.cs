using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Tumbler.Stories.Tests.Protection;

/// <summary>A database dump in the hands of somebody who looks for private keys in it.</summary>
internal sealed partial class Dump(string text)
{
    /// <summary>Everything in it that is bytes, however it is written.</summary>
    private IEnumerable<byte[]> Blobs =>
    [
        .. Base64Run().Matches(text).Select(match => Decode(match.Value.Replace('-', '+').Replace('_', '/'))).OfType<byte[]>(),
        .. HexRun().Matches(text).Select(match => Convert.FromHexString(match.Value[..(match.Length & ~1)])),
    ];

    /// <summary>What anybody can use as it stands.</summary>
    public IReadOnlyList<string> PlainKeys =>
    [
        .. PlainText().Matches(text).Select(match => match.Value),
        .. Blobs.SelectMany(blob => Importers.Where(importer => Succeeds(importer.Import, blob)).Select(importer => importer.Name)),
    ];

    /// <summary>Every private key that openssl gets out of it with the key of some certificate.</summary>
    public async Task<IReadOnlyList<ECParameters>> KeysFor(Kek kek)
    {
        var directory = Directory.CreateTempSubdirectory("tumbler-dump-");
        try
        {
            var keys = new List<ECParameters>();
            var (sealedFile, plain) = (Path.Combine(directory.FullName, "sealed"), Path.Combine(directory.FullName, "plain"));
            // 0x30 0x82: the SEQUENCE that a CMS message of this size is.
            foreach (var blob in Blobs.Where(blob => blob is [0x30, 0x82, ..]))
            {
                await File.WriteAllBytesAsync(sealedFile, blob);
                File.Delete(plain);
                using var openssl = Process.Start(new ProcessStartInfo(
                    "openssl", ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", sealedFile, "-out", plain, .. kek.OpenSsl])
                { RedirectStandardError = true })!;
                await openssl.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
                await openssl.WaitForExitAsync(TestContext.Current.CancellationToken);
                if (openssl.ExitCode != 0)
                    continue;
                using var key = ECDsa.Create();
                key.ImportPkcs8PrivateKey(await File.ReadAllBytesAsync(plain), out _);
                keys.Add(key.ExportParameters(includePrivateParameters: true));
            }

            return keys;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static (string Name, Action<byte[]> Import)[] Importers { get; } =
    [
        ("PKCS#8, RSA", blob => { using var key = RSA.Create(); key.ImportPkcs8PrivateKey(blob, out _); }),
        ("PKCS#8, EC", blob => { using var key = ECDsa.Create(); key.ImportPkcs8PrivateKey(blob, out _); }),
        ("PKCS#1", blob => { using var key = RSA.Create(); key.ImportRSAPrivateKey(blob, out _); }),
        ("SEC 1", blob => { using var key = ECDsa.Create(); key.ImportECPrivateKey(blob, out _); }),
        ("PKCS#12", blob => X509CertificateLoader.LoadPkcs12(blob, null).Dispose()),
    ];

    private static bool Succeeds(Action<byte[]> import, byte[] blob)
    {
        try
        {
            import(blob);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[]? Decode(string run)
    {
        var bytes = new byte[run.Length];
        var whole = run.TrimEnd('=');
        return Convert.TryFromBase64String(whole + new string('=', -whole.Length & 3), bytes, out var length) ? bytes[..length] : null;
    }

    [GeneratedRegex("[A-Za-z0-9+/_-]{40,}={0,2}")]
    private static partial Regex Base64Run();

    [GeneratedRegex("[0-9a-fA-F]{64,}")]
    private static partial Regex HexRun();

    [GeneratedRegex("""PRIVATE KEY-----|"(d|p|q|dp|dq|qi|k)"\s*:\s*"[^"]{20}""")]
    private static partial Regex PlainText();
}
