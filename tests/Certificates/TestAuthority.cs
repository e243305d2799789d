using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Tests.Certificates;

/// <summary>A CA of the tests' own, with what it signs as PEM files in a directory of its own.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tumbler-ca-");
    private readonly X509Certificate2 authority;
    private int serial;

    public TestAuthority(string name = "authority of these tests")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authority = request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
        File.WriteAllText(Path, authority.ExportCertificatePem());
    }

    public string Path => System.IO.Path.Combine(directory.FullName, "ca.pem");

    public string Pem => authority.ExportCertificatePem();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Certificate and private key in one file.</summary>
    /// <param name="uses">Its extended key usages; null for both, empty for none.</param>
    public string Issue(string name, TimeSpan? validity = null, IReadOnlyList<Oid>? uses = null)
    {
        var path = System.IO.Path.Combine(directory.FullName, $"{name}.pem");
        File.WriteAllText(path, Pems(name, validity, uses));
        return path;
    }

    public string Pems(string name, TimeSpan? validity = null, IReadOnlyList<Oid>? uses = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var usages = new OidCollection();
        foreach (var use in uses ?? [ServerUse, ClientUse])
            usages.Add(use);
        if (usages.Count > 0)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            authority, Now.AddDays(-60), Now + (validity ?? TimeSpan.FromDays(90)), BitConverter.GetBytes(++serial));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    public static Oid Server => ServerUse;

    public void Dispose()
    {
        authority.Dispose();
        directory.Delete(recursive: true);
    }
}
