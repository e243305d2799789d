using Tumbler.Contracts.Protection;
using Tumbler.Core.Keys;

namespace Tumbler.Engine.Protection;

/// <summary>Counts which certificates the stored private keys depend on.</summary>
internal sealed class ProtectionTally(IKeyProtector protector)
{
    private readonly IReadOnlyList<KeyCertificate> certificates = protector.Certificates;
    private readonly RecipientSet recipients = new(protector.Certificates);
    private readonly Dictionary<string, (long Keys, long NeededBy)> counts = [];

    private long keys;
    private long outdated;
    private long unreadable;

    public ProtectionView View => new(
        [
            .. certificates.Select(each => new CertificateView(
                each.Subject, each.Thumbprint, each.NotAfter, each.Role, Count(each.Thumbprint).Keys, Count(each.Thumbprint).NeededBy)),
        ],
        keys, outdated, unreadable);

    public void Add(KeyRing ring)
    {
        foreach (var key in ring.Keys.Where(key => key.MaySign))
            Add(Readers(key.PrivateKey!));
    }

    private void Add(KeyReaders? readers)
    {
        keys++;
        if (readers is null || !recipients.IsExactly(readers))
            outdated++;
        var able = readers?.Thumbprints.Where(recipients.CanOpen).ToArray() ?? [];
        if (able.Length == 0)
            unreadable++;
        foreach (var thumbprint in readers?.Thumbprints ?? new HashSet<string>())
        {
            var (encrypted, needed) = Count(thumbprint);
            counts[thumbprint] = (encrypted + 1, needed + (able is [{ } only] && only == thumbprint ? 1 : 0));
        }
    }

    /// <summary>One that was replaced in the middle of it all is not among them, or is new.</summary>
    private (long Keys, long NeededBy) Count(string thumbprint) => counts.GetValueOrDefault(thumbprint);

    /// <summary>Null when that can't be read.</summary>
    private KeyReaders? Readers(ProtectedKey key)
    {
        try
        {
            return protector.ReadersOf(key);
        }
        catch (UnreadableKeyException)
        {
            return null;
        }
    }
}
