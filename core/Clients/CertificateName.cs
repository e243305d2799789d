using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Core.Clients;

/// <summary>The name by which a client's certificate is known among all that the same authorities have signed.</summary>
/// <param name="Value">As it was registered.</param>
public sealed record CertificateName(CertificateNameKind Kind, string Value)
{
    /// <summary>Whether a certificate has it. Compared exactly; only what DNS and IP addresses may be written like is of no matter.</summary>
    public bool IsIn(X509Certificate2 certificate) => Kind == CertificateNameKind.SubjectDn
        ? DistinguishedName.TryParse(Value, out var name) && name.Equals(DistinguishedName.Of(certificate.SubjectName))
        : AlternativeNames.Of(certificate).Any(name => name.Kind == Kind && Same(name.Value));

    private bool Same(string other) => Kind switch
    {
        CertificateNameKind.SanDns => Value.Equals(other, StringComparison.OrdinalIgnoreCase),
        CertificateNameKind.SanIp => IPAddress.TryParse(Value, out var own) && IPAddress.TryParse(other, out var its) && own.Equals(its),
        _ => Value == other,
    };
}
