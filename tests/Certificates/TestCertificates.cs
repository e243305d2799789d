using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Tests.Certificates;

/// <summary>Certificates of any kind, and an authority that signs them.</summary>
internal static class TestCertificates
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");

    public static X509Certificate2 Authority(string name = "authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(Now.AddYears(-2), Now.AddYears(2));
    }

    /// <param name="signer">Null for one that signs itself.</param>
    /// <param name="forClients">Its extended key usage; null for none.</param>
    public static X509Certificate2 Issue(
        X509Certificate2? signer = null,
        X500DistinguishedName? subject = null,
        Action<SubjectAlternativeNameBuilder>? names = null,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null,
        bool? forClients = true,
        ECDsa? key = null)
    {
        using var own = key is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;
        var request = new CertificateRequest(subject ?? new X500DistinguishedName("CN=client"), key ?? own!, HashAlgorithmName.SHA256);
        if (forClients is { } client)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([client ? ClientUse : ServerUse], false));
        if (names is not null)
        {
            var builder = new SubjectAlternativeNameBuilder();
            names(builder);
            request.CertificateExtensions.Add(builder.Build());
        }

        var (start, end) = (from ?? Now.AddDays(-1), until ?? Now.AddDays(1));
        return signer is null ? request.CreateSelfSigned(start, end) : request.Create(signer, start, end, [1, 2, 3]);
    }
}
