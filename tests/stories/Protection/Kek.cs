using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Stories.Tests.Protection;

/// <summary>A key-encryption certificate as an operator makes one: a PEM file with its private key, which runs are told to keep
/// out of logs.</summary>
internal sealed class Kek
{
    private readonly RSA key = RSA.Create(2048);

    public Kek(StoryRun run, string directory, string name)
    {
        File = Path.Combine(directory, $"{name}.pem");
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddYears(1));
        var pem = key.ExportPkcs8PrivateKeyPem();
        System.IO.File.WriteAllText(File, $"{certificate.ExportCertificatePem()}\n{pem}");
        run.Secrets.Add(pem.Split('\n')[4]);
    }

    public string File { get; }

    /// <summary>The settings that name these, the first one as the current.</summary>
    public static IEnumerable<string> Settings(params IEnumerable<Kek> keks) =>
        keks.SelectMany((kek, n) => (string[])[FormattableString.Invariant($"--Protection:Certificates:{n}:Path"), kek.File]);
}
