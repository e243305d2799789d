using System.Net.Security;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace Tumbler.Grains.Members;

/// <summary>Mutual TLS between silos: both sides show a certificate of the cluster's own authorities.</summary>
internal static class SiloTls
{
    public static void UseMutualTls(
        this SiloConnectionOptions options, ISiloCertificates certificates, RefusedConnections refused, TimeProvider clock)
    {
        var tls = new TlsOptions
        {
            LocalServerCertificateSelector = (_, _) => certificates.Own,
            LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Own,
            RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,

            // Without a fixed certificate this is what lets the selector's be sent; the other side requires it.
            ClientCertificateMode = RemoteCertificateMode.AllowCertificate,

            // Silos are known by their authority, not by a host name; but .NET asks for one.
            OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = "tumbler-silo",
            RemoteCertificateValidation = (remote, _, errors) =>
            {
                var problem = (errors & SslPolicyErrors.RemoteCertificateNotAvailable) != 0
                    ? "is missing"
                    : Trust.Problem(remote, certificates.Authorities, clock.GetUtcNow());
                if (problem is not null)
                    refused.BecauseOfCertificate(problem);
                return problem is null;
            },
        };
        options.ConfigureSiloInboundConnection(connections => connections.UseServerTls(tls));
        options.ConfigureSiloOutboundConnection(connections => connections.UseClientTls(tls));
    }
}
