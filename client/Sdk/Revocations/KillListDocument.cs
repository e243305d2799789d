using System.Text.Json;
using Tumbler.Client.Tokens;

namespace Tumbler.Client.Revocations;

/// <summary>The claims of a kill list (docs/http.md of the server, "What is revoked"). Its signature is good.</summary>
/// <param name="Since">Null for a whole list; else it has what changed after this number.</param>
/// <param name="Revoked">A table for each of <see cref="KillList.Kinds"/>.</param>
/// <param name="Lifted">What is revoked no longer, likewise.</param>
internal sealed record KillListDocument(
    string Issuer, DateTimeOffset ExpiresAt, long Number, long? Since, Dictionary<string, long>[] Revoked, Dictionary<string, long>[] Lifted)
{
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public bool IsEmpty => Array.TrueForAll(Revoked, table => table.Count == 0) && Array.TrueForAll(Lifted, table => table.Count == 0);

    /// <summary>Null for what is none.</summary>
    public static KillListDocument? Read(byte[] payload)
    {
        using var document = StrictJson.ReadObject(payload);
        if (document is null)
            return null;
        var json = document.RootElement;
        long? since = null;
        if (json.TryGetProperty("since", out _) && (since = Whole(json, "since")) is null)
            return null;
        return json.TextOf("iss") is { } issuer && Whole(json, "exp") is { } expires && expires <= LastSecond && Whole(json, "number") is { } number
            && Tables(json, "revoked", required: true) is { } revoked && Tables(json, "lifted", required: false) is { } lifted
                ? new KillListDocument(issuer, DateTimeOffset.FromUnixTimeSeconds(expires), number, since, revoked, lifted)
                : null;
    }

    private static long? Whole(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 ? number : null;

    private static Dictionary<string, long>[]? Tables(JsonElement json, string name, bool required)
    {
        var tables = Array.ConvertAll(KillList.Kinds, _ => new Dictionary<string, long>(StringComparer.Ordinal));
        if (!json.TryGetProperty(name, out var list))
            return required ? null : tables;
        if (list.ValueKind != JsonValueKind.Object)
            return null;
        for (var kind = 0; kind < tables.Length; kind++)
        {
            if (list.TryGetProperty(KillList.Kinds[kind], out var entries) && !Fill(tables[kind], entries))
                return null;
        }

        return tables;
    }

    private static bool Fill(Dictionary<string, long> table, JsonElement entries)
    {
        if (entries.ValueKind != JsonValueKind.Object)
            return false;
        foreach (var entry in entries.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt64(out var until))
                return false;
            table[entry.Name] = until;
        }

        return true;
    }
}
