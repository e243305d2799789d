using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Core.Clients;

/// <summary>Whose certificates tell who a client is.</summary>
public static class CertificateTrust
{
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    /// <summary>Whether one of the authorities has signed it, perhaps through others of them, and it is valid now and for clients, unless
    /// it does not say what it is for.</summary>
    public static bool Holds(X509Certificate2 certificate, X509Certificate2Collection authorities, DateTimeOffset now)
    {
        if (authorities.Count == 0)
            return false;
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                VerificationTime = now.UtcDateTime,
                VerificationTimeIgnored = false,

                // Otherwise a stranger's certificate would name an address for this server to call.
                DisableCertificateDownloads = true,
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(ClientAuthentication);
        return chain.Build(certificate);
    }

    public static bool IsValidAt(this X509Certificate2 certificate, DateTimeOffset now) =>
        now.UtcDateTime >= certificate.NotBefore.ToUniversalTime() && now.UtcDateTime <= certificate.NotAfter.ToUniversalTime();

    /// <summary>What names a certificate in tokens that are bound to it: <c>x5t#S256</c> (RFC 8705 §3.1).</summary>
    public static string Thumbprint(this X509Certificate2 certificate) =>
        System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(certificate.RawDataMemory.Span));
}
