using static System.FormattableString;

namespace Tumbler.Cli.Doctor;

/// <summary>Whether the server can be reached, and whether nobody between reads along.</summary>
internal static class ConnectionCheck
{
    /// <summary>Enough for somebody to come back from holidays; the server begins to warn in its log then, too.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromDays(14);

    public static IEnumerable<Finding> Of(Facts facts)
    {
        if (facts.Unreachable is { } reason)
        {
            return
            [
                Finding.Failure(
                    "unreachable", $"Nothing answers at {facts.Server.GetLeftPart(UriPartial.Authority)}: {reason}.",
                    "No token is issued, and verifiers live on the keys that they have.",
                    "Start the server, or give the address that clients use: `tumbler doctor --server https://…`"),
            ];
        }

        return facts.Certificate is { } certificate ? [.. CertificateFindings(facts, certificate), .. HstsFindings(facts)] : PlainFindings(facts);
    }

    private static IEnumerable<Finding> CertificateFindings(Facts facts, CertificateFacts certificate)
    {
        const string Refused = "Clients end the connection before they send anything.";
        const string Mend = "Replace the file of Listen:Certificate:Path, which is read again every five seconds; with a proxy in front, the proxy's certificate.";
        if (facts.Now >= certificate.NotAfter)
            yield return Finding.Failure("certificate-expired", $"The certificate {certificate.Subject} expired {Day(certificate.NotAfter)}.", Refused, Mend);
        else if (facts.Now < certificate.NotBefore)
            yield return Finding.Failure("certificate-not-yet-valid", $"The certificate {certificate.Subject} is valid only from {Day(certificate.NotBefore)}.", Refused, Mend);
        else if (certificate.NotAfter - facts.Now < Notice)
            yield return Finding.Warning("certificate-expires-soon", $"The certificate {certificate.Subject} expires {Day(certificate.NotAfter)}.", Refused, Mend);
        if (!certificate.NamesServer)
            yield return Finding.Failure("certificate-of-another-name", $"The certificate {certificate.Subject} is not for {facts.Server.Host}.", Refused, Mend);
        if (certificate.Distrust is { } distrust)
        {
            yield return Finding.Failure(
                "certificate-untrusted", $"This machine does not trust the certificate {certificate.Subject}: {distrust}.", Refused,
                "Use one of an authority that clients know, with the certificates between them in its file; or make this machine know the authority (SSL_CERT_FILE).");
        }
    }

    private static IEnumerable<Finding> HstsFindings(Facts facts)
    {
        if (!facts.HasHsts)
        {
            yield return Finding.Warning(
                "hsts-missing", "Answers over TLS have no Strict-Transport-Security.",
                "A browser that is given an http address of this server uses it. With a proxy in front it also means that the server does not know of TLS.",
                "Name the proxy in Proxies:Trusted and let it send X-Forwarded-Proto: https (docs/http.md, behind a proxy).");
        }
    }

    private static IEnumerable<Finding> PlainFindings(Facts facts)
    {
        if (!facts.Server.IsLoopback)
        {
            yield return Finding.Failure(
                "plain-http", $"{facts.Server.GetLeftPart(UriPartial.Authority)} is plain HTTP, and not on this machine.",
                "API keys and tokens pass readable, and whoever is between can give verifiers keys of its own.",
                "Serve https with Listen:Certificate:Path, or put a proxy that serves TLS in front and listen on a loopback address.");
        }
    }

    private static string Day(DateTimeOffset time) => Invariant($"{time.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
