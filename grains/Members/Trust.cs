using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Grains.Members;

/// <summary>Whom silos trust: whoever shows a certificate of the cluster's own authorities.</summary>
public static class Trust
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    /// <summary>A silo is both sides of a connection, so a certificate that says what it is for must say both.</summary>
    /// <returns>What is wrong with it, to be read after "the certificate", or null.</returns>
    public static string? Problem(X509Certificate2 certificate, X509Certificate2Collection authorities, DateTimeOffset now)
    {
        if (now.UtcDateTime > certificate.NotAfter.ToUniversalTime())
            return $"expired {At(certificate.NotAfter)}";
        if (now.UtcDateTime < certificate.NotBefore.ToUniversalTime())
            return $"is not valid before {At(certificate.NotBefore)}";
        if (!Builds(certificate, authorities, now))
            return "is not signed by one of the cluster's authorities";
        return Builds(certificate, authorities, now, ServerAuthentication, ClientAuthentication)
            ? null
            : "is not for both server and client use (extended key usage)";
    }

    internal static bool IsSigned(X509Certificate2 certificate, X509Certificate2Collection authorities) =>
        Builds(certificate, authorities, TimeProvider.System.GetUtcNow(), ServerAuthentication);

    private static bool Builds(X509Certificate2 certificate, X509Certificate2Collection authorities, DateTimeOffset now, params Oid[] uses)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,

                // Else a stranger's certificate says where this process shall call.
                DisableCertificateDownloads = true,
                VerificationTime = now.UtcDateTime,
                VerificationTimeIgnored = false,
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var use in uses)
            chain.ChainPolicy.ApplicationPolicy.Add(use);
        return chain.Build(certificate);
    }

    private static string At(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
