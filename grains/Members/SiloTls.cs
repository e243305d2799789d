using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace Tumbler.Grains.Members;

/// <summary>Mutual TLS between silos: both sides show a certificate of the cluster's own authorities, for server and client use.</summary>
internal static class SiloTls
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    public static void UseMutualTls(this ISiloBuilder silo, ISiloCertificates certificates) => silo.UseTls(tls =>
    {
        tls.LocalServerCertificateSelector = (_, _) => certificates.Own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;

        // Silos are known by their authority, not by a host name; but .NET asks for one.
        tls.OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = "tumbler-silo";
        tls.RemoteCertificateValidation = (remote, _, errors) =>
            (errors & SslPolicyErrors.RemoteCertificateNotAvailable) == 0 && IsOurs(remote, certificates.Authorities);
    });

    internal static bool IsOurs(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                ApplicationPolicy = { ServerAuthentication, ClientAuthentication },
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return chain.Build(certificate);
    }
}
