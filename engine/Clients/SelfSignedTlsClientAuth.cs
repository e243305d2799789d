using System.Security.Cryptography.X509Certificates;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;

namespace Tumbler.Engine.Clients;

/// <summary><c>self_signed_tls_client_auth</c>: the certificate or its key is registered, whoever has signed it (RFC 8705 §2.2).</summary>
public sealed class SelfSignedTlsClientAuth(ClientKeySets keySets)
{
    /// <summary>What is wrong, or null.</summary>
    public async ValueTask<SecurityReason?> WhyNot(RegisteredClient client, X509Certificate2 certificate, DateTimeOffset now)
    {
        if (!certificate.IsValidAt(now))
            return SecurityReason.UntrustedCertificate;
        if (await keySets.Find(client, Has) is not { } keys)
            return SecurityReason.ClientKeysUnavailable;
        return Has(keys) ? null : SecurityReason.ForeignCertificate;

        bool Has(ClientKeySet keys) => keys.Keys.Any(key => key.Owns(certificate));
    }
}
