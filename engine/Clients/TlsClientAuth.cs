using System.Security.Cryptography.X509Certificates;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;

namespace Tumbler.Engine.Clients;

/// <summary><c>tls_client_auth</c>: a trusted authority has signed that the certificate has the client's name (RFC 8705 §2.1).</summary>
/// <param name="authorities">Asked at each use, so that they can be replaced while running.</param>
public sealed class TlsClientAuth(Func<X509Certificate2Collection> authorities)
{
    /// <summary>What is wrong, or null. The name first: it costs little, and most that is wrong is that.</summary>
    public SecurityReason? WhyNot(RegisteredClient client, X509Certificate2 certificate, DateTimeOffset now)
    {
        if (client.CertificateName?.IsIn(certificate) != true)
            return SecurityReason.ForeignCertificate;
        return CertificateTrust.Holds(certificate, authorities(), now) ? null : SecurityReason.UntrustedCertificate;
    }
}
