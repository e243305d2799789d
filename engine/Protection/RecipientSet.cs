using Tumbler.Contracts.Protection;

namespace Tumbler.Engine.Protection;

/// <summary>Whom private keys are encrypted for from now on, and who opens them here.</summary>
internal sealed class RecipientSet(IReadOnlyList<KeyCertificate> certificates)
{
    private readonly HashSet<string> openers = Of(certificates, CertificateRole.RecipientOnly);

    private readonly HashSet<string> recipients = Of(certificates, CertificateRole.Decrypts);

    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyList<string> Thumbprints { get; } =
        [.. certificates.Where(each => each.Role != CertificateRole.Decrypts).Select(each => each.Thumbprint)];

    public bool IsExactly(KeyReaders readers) => readers.Others == 0 && recipients.SetEquals(readers.Thumbprints);

    public bool CanOpen(string thumbprint) => openers.Contains(thumbprint);

    private static HashSet<string> Of(IReadOnlyList<KeyCertificate> certificates, CertificateRole without) =>
        [.. certificates.Where(each => each.Role != without).Select(each => each.Thumbprint)];
}
