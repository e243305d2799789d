using Tumbler.Contracts.Protection;
using Tumbler.Core.Keys;

namespace Tumbler.Engine.Protection;

/// <summary>Counts which certificates the stored private keys depend on.</summary>
internal sealed class ProtectionTally(IKeyProtector protector)
{
    private readonly RecipientSet recipients = new(protector.Certificates);
    private readonly Dictionary<string, (long Keys, long NeededBy)> counts =
        protector.Certificates.ToDictionary(each => each.Thumbprint, _ => (0L, 0L));

    private long keys;
    private long outdated;
    private long unreadable;

    public ProtectionView View => new(
        [
            .. protector.Certificates.Select(each => new CertificateView(
                each.Subject, each.Thumbprint, each.NotAfter, each.Role, counts[each.Thumbprint].Keys, counts[each.Thumbprint].NeededBy)),
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
            var (encrypted, needed) = counts[thumbprint];
            counts[thumbprint] = (encrypted + 1, needed + (able is [{ } only] && only == thumbprint ? 1 : 0));
        }
    }

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
