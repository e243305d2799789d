using System.Collections.Immutable;
using System.Text.Json;
using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Demo.Cast;

/// <summary>The ring's keys by their <c>kid</c>, as its owner numbers them.</summary>
internal sealed class KeyBook(AdminApi admin)
{
    private ImmutableDictionary<string, RingKey> known = ImmutableDictionary<string, RingKey>.Empty;

    /// <summary>When the first key began to sign: hour 0.</summary>
    public DateTimeOffset Begin { get; private set; }

    public async Task<RingKey> Find(string kid, CancellationToken stop)
    {
        if (!known.ContainsKey(kid))
            await Read(stop);
        return known[kid];
    }

    /// <summary>Instants move: of a key whose successor was brought forward, for example.</summary>
    public async Task Read(CancellationToken stop)
    {
        var keys = await admin.Keys(stop);
        Begin = Time(keys.MinBy(key => key.GetProperty("rotation_count").GetInt64()), "activates_at");
        known = keys.Select(Key).ToImmutableDictionary(key => key.Kid);
    }

    private RingKey Key(JsonElement key) => new(
        key.GetProperty("rotation_count").GetInt64(),
        key.GetProperty("kid").GetString()!,
        Time(key, "published_at") - Begin,
        Time(key, "activates_at") - Begin,
        Time(key, "signs_until") - Begin,
        Time(key, "expires_at") - Begin);

    private static DateTimeOffset Time(JsonElement key, string member) => key.GetProperty(member).GetDateTimeOffset();
}
