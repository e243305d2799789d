using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Engine.Audit;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Tests.Configuration;

[UnsupportedOSPlatform("windows")]
public sealed class SiloAuditTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SettingsDirectory start = new();

    private string Pfx => Path.Combine(start.Path, "data", "audit.pfx");

    public void Dispose() => start.Dispose();

    [Fact]
    public void A_self_made_certificate_is_made_once_and_for_its_owner_only()
    {
        var (made, loaded) = (Load()!, Load()!);

        Assert.Equal(made.Signer.Certificate.Pem(), loaded.Signer.Certificate.Pem());
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Pfx));
        File.SetUnixFileMode(Pfx, OwnerOnly | UnixFileMode.GroupRead);
        Assert.Null(Load());
        Assert.StartsWith("Audit:SigningCertificate:Path: is not secret", Assert.Single(start.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("RSA")]
    public void Every_sort_of_key_signs_from_a_PFX_with_password_and_from_PEM(string key)
    {
        using var certificate = New(key);
        File.WriteAllBytes(Path.Combine(start.Path, "audit.pfx"), certificate.Export(X509ContentType.Pfx, "pass word"));
        start.Write("password", "pass word\n");
        using var privateKey = certificate.GetRSAPrivateKey() ?? (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey();
        start.Write("audit.pem", $"{certificate.ExportCertificatePem()}\n{privateKey!.ExportPkcs8PrivateKeyPem()}\n");

        var (pfx, pem) = (
            Load("--Audit:SigningCertificate:Path=audit.pfx", "--Audit:SigningCertificate:PasswordFile=password"),
            Load("--Audit:SigningCertificate:Path=audit.pem", "--Audit:FormerCertificates:0:Path=audit.pem"));

        var signature = pfx!.Signer.Sign("text"u8);
        Assert.True(pem!.Signer.Certificate.Verifies("text"u8, signature));
        Assert.Equal(pfx.Signer.Certificate.Pem(), Assert.Single(pem.Former).Pem());
        Assert.False(File.Exists(Pfx));
    }

    [Theory]
    [InlineData("P-521", "has neither an ECDSA key on P-256 or P-384 nor an RSA key.")]
    [InlineData("RSA-1024", "has an RSA key of 1024 bits; at least 2048 are needed.")]
    [InlineData("wrong password", "can't be opened: its password is wrong, or it is no PFX or PEM with certificate and private key.")]
    [InlineData("no password", "can't be opened: it is no PFX or PEM with certificate and private key, or it needs a password.")]
    [InlineData("no private key", "can't be opened: it is no PFX or PEM with certificate and private key, or it needs a password.")]
    [InlineData("garbage", "can't be opened: it is no PFX or PEM with certificate and private key, or it needs a password.")]
    public void What_can_not_sign_is_named_with_the_setting_and_the_reason(string what, string problem)
    {
        using var certificate = New(what);
        var path = Path.Combine(start.Path, "audit.pfx");
        File.WriteAllBytes(path, what switch
        {
            "garbage" => [1, 2, 3],
            "no private key" => System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()),
            "wrong password" or "no password" => certificate.Export(X509ContentType.Pfx, "right"),
            _ => certificate.Export(X509ContentType.Pfx),
        });
        start.Write("password", "wrong");
        string[] password = what == "wrong password" ? ["--Audit:SigningCertificate:PasswordFile=password"] : [];

        Assert.Null(Load(["--Audit:SigningCertificate:Path=audit.pfx", .. password]));

        Assert.Equal([$"Audit:SigningCertificate:Path: The certificate '{path}' {problem}"], start.Errors);
    }

    private static X509Certificate2 New(string key)
    {
        CertificateRequest request = key switch
        {
            "RSA" => new("CN=x", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "RSA-1024" => new("CN=x", RSA.Create(1024), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "P-384" => new("CN=x", ECDsa.Create(ECCurve.NamedCurves.nistP384), HashAlgorithmName.SHA256),
            "P-521" => new("CN=x", ECDsa.Create(ECCurve.NamedCurves.nistP521), HashAlgorithmName.SHA256),
            _ => new("CN=x", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256),
        };
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private AuditProofs? Load(params string[] arguments) =>
        SiloAudit.Load(start.Read(arguments)!, TimeProvider.System, NullLoggerFactory.Instance, start.Complaints);
}
