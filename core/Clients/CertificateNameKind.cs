namespace Tumbler.Core.Clients;

/// <summary>Where in a certificate a name stands (RFC 8705 §2.1.2).</summary>
public enum CertificateNameKind
{
    SubjectDn,
    SanDns,
    SanUri,
    SanIp,
    SanEmail,
}
