using System.Security.Cryptography.X509Certificates;
using Tumbler.Core.Audit;
using Tumbler.Storage.Protection;

namespace Tumbler.Engine.Tests.Protection;

/// <summary>A developer's key-encryption certificate; making one takes a while, so there is one for all tests.</summary>
internal static class Certificates
{
    private static readonly Lazy<X509Certificate2> Made = new(Make);

    public static CmsKeyProtector Protector => new([Made.Value]);

    public static X509Certificate2 Kek => Made.Value;

    public static AuditSigner AuditSigner { get; } = NewAuditSigner();

    public static AuditSigner NewAuditSigner() =>
        new(X509CertificateLoader.LoadPkcs12(DevelopmentAuditCertificate.Create(Installation.Start), password: null));

    public static X509Certificate2 Make() =>
        X509CertificateLoader.LoadPkcs12(DevelopmentCertificate.Create(Installation.Start), password: null);
}
