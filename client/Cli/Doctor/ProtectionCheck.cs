using Tumbler.Contracts.Protection;
using static System.FormattableString;

namespace Tumbler.Cli.Doctor;

/// <summary>Whether stored private keys can be opened, now and later.</summary>
internal static class ProtectionCheck
{
    public static IEnumerable<Finding> Of(Facts facts)
    {
        if (facts.Protection is not { } protection)
            yield break;
        if (protection.UnreadableKeys > 0)
        {
            yield return Finding.Failure(
                "keys-unreadable", Invariant($"{protection.UnreadableKeys} of {protection.Keys} stored private keys are opened by no certificate here."),
                "They can't sign; what they should have signed next is signed by a key that verifiers don't know yet.",
                "Give the certificate back, as one of Protection:Certificates; if it is lost: docs/protection.md, when a certificate is lost");
        }

        if (protection.OutdatedKeys > 0)
        {
            yield return Finding.Warning(
                "keys-outdated", Invariant($"{protection.OutdatedKeys} of {protection.Keys} stored private keys are not encrypted for the certificates of now."),
                "An old certificate that should go is still needed, or an escrow can't open them.", "`tumbler protection rewrap`");
        }

        foreach (var certificate in protection.Certificates.Where(each => each.Role == CertificateRole.Current && each.NotAfter <= facts.Now))
        {
            yield return Finding.Warning(
                "protection-expired", Invariant($"The key-encryption certificate {certificate.Subject} expired {certificate.NotAfter.UtcDateTime:yyyy-MM-dd}."),
                "It goes on working, but an expired certificate is one that nobody looks after.", "Replace it while running: docs/protection.md");
        }
    }
}
