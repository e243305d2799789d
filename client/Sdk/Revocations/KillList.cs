using System.Collections.Frozen;

namespace Tumbler.Client.Revocations;

/// <summary>What is refused although signature and times are good: by <c>kid</c>, <c>jti</c>, <c>client_id</c> and <c>org</c>, each with the
/// second until which that must be remembered. Immutable.</summary>
internal sealed class KillList
{
    private static readonly FrozenDictionary<string, long> None = FrozenDictionary<string, long>.Empty;

    /// <summary>The members of a list, in the order of the tables here. Members that are not known are passed over: kinds may be added.</summary>
    public static readonly string[] Kinds = ["kid", "jti", "client_id", "org"];

    private readonly IReadOnlyDictionary<string, long>[] tables;

    private KillList(long number, IReadOnlyDictionary<string, long>[] tables) => (Number, this.tables) = (number, tables);

    public static KillList Empty { get; } = new(0, [None, None, None, None]);

    /// <summary>Of the last revocation that is in it.</summary>
    public long Number { get; }

    public int Count => tables.Sum(table => table.Count);

    public bool HasKey(string kid, DateTimeOffset now) => Has(0, kid, now);

    public bool Covers(VerifiedToken token, DateTimeOffset now) =>
        Has(1, token.TokenId, now) || Has(2, token.ClientId, now) || Has(3, token.Organization, now) || Has(0, token.KeyId, now);

    /// <summary>Whether the other one revokes a key that this one does not.</summary>
    public bool LacksKeyOf(KillList next) => next.tables[0].Keys.Any(kid => !tables[0].ContainsKey(kid));

    /// <summary>With what a list says. A whole one takes this one's place, unless it is older: a node that lags behind, or a store that has
    /// lost what it had said, brings nothing back to life.</summary>
    public KillList With(KillListDocument document, DateTimeOffset now)
    {
        var whole = document.Since is null && document.Number >= Number;
        if (!whole && document is { Number: var number, IsEmpty: true } && Count == 0)
            return new KillList(number, tables);
        var next = new IReadOnlyDictionary<string, long>[Kinds.Length];
        for (var kind = 0; kind < next.Length; kind++)
            next[kind] = whole ? document.Revoked[kind] : Merge(tables[kind], document.Revoked[kind], document.Lifted[kind], now);
        return new KillList(document.Number, next);
    }

    private bool Has(int kind, string? id, DateTimeOffset now) =>
        id is not null && tables[kind].Count > 0 && tables[kind].TryGetValue(id, out var until) && now.ToUnixTimeSeconds() < until;

    private static IReadOnlyDictionary<string, long> Merge(
        IReadOnlyDictionary<string, long> known, Dictionary<string, long> revoked, Dictionary<string, long> lifted, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        if (revoked.Count == 0 && lifted.Count == 0 && known.Values.All(until => until > second))
            return known;
        var next = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (id, until) in known)
        {
            if (until > second && !lifted.ContainsKey(id))
                next[id] = until;
        }

        foreach (var (id, until) in revoked)
            next[id] = until;
        return next;
    }
}
