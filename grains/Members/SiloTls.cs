using System.Net.Security;
using Orleans.Connections.Security;

namespace Tumbler.Grains.Members;

/// <summary>Mutual TLS between silos: both sides show a certificate of the cluster's own authorities.</summary>
internal static class SiloTls
{
    public static void UseMutualTls(this ISiloBuilder silo, ISiloCertificates certificates, TimeProvider clock) => silo.UseTls(tls =>
    {
        tls.LocalServerCertificateSelector = (_, _) => certificates.Own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;

        // Silos are known by their authority, not by a host name; but .NET asks for one.
        tls.OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = "tumbler-silo";
        tls.RemoteCertificateValidation = (remote, _, errors) =>
        {
            var problem = (errors & SslPolicyErrors.RemoteCertificateNotAvailable) != 0
                ? "is missing"
                : Trust.Problem(remote, certificates.Authorities, clock.GetUtcNow());
            if (problem is not null)
                RefusedConnections.BecauseOfCertificate(problem);
            return problem is null;
        };
    });
}
