using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Clients;

/// <summary>A client's keys (RFC 7517 §5). Equal when they are written alike.</summary>
public sealed record ClientKeySet
{
    /// <summary>One in use, one to come, and some for those who have a key per machine.</summary>
    public const int MaxKeys = 20;

    /// <summary>Of a set as it is registered: all keys of all clients of an organisation are in memory.</summary>
    public const int MaxSize = 32 * 1024;

    private ClientKeySet(ImmutableArray<ClientKey> keys) => (Keys, Json) = (keys, Write(keys));

    public ImmutableArray<ClientKey> Keys { get; }

    /// <summary>With the members that are used.</summary>
    public string Json { get; }

    /// <summary>A set that is registered: every key in it must be one that can be used.</summary>
    /// <returns>Null with the fault.</returns>
    public static ClientKeySet? Register(ReadOnlyMemory<byte> utf8, string field, out FieldError? fault)
    {
        fault = null;
        if (Read(utf8) is not { } document)
        {
            fault = new FieldError(field, "jwks", $"{field} must be a JWK Set: an object whose keys are a list, no member twice.");
            return null;
        }

        using (document)
        {
            var all = document.RootElement.GetProperty("keys");
            var keys = ImmutableArray.CreateBuilder<ClientKey>();
            for (var i = 0; i < all.GetArrayLength() && fault is null && i < MaxKeys; i++)
            {
                if (ClientKeyReader.Read(all[i], $"{field}.keys[{i}]", out fault) is { } key)
                    keys.Add(key);
            }

            var set = new ClientKeySet(keys.ToImmutable());
            if (fault is null && Problem(set, all.GetArrayLength()) is { } problem)
                fault = new FieldError($"{field}.keys", "jwks", $"{field}.keys {problem}.");
            return fault is null ? set : null;
        }
    }

    /// <summary>A set that was fetched. Keys in it that are none of ours to use are passed over, so that a client may publish
    /// whatever else it needs; a private key is one of those.</summary>
    /// <returns>Null when it is no set.</returns>
    public static ClientKeySet? Fetched(ReadOnlyMemory<byte> utf8)
    {
        if (Read(utf8) is not { } document)
            return null;
        using (document)
        {
            return new ClientKeySet(
            [
                .. document.RootElement.GetProperty("keys").EnumerateArray()
                    .Select(key => ClientKeyReader.Read(key, "", out _))
                    .OfType<ClientKey>()
                    .Take(MaxKeys),
            ]);
        }
    }

    /// <summary>What <see cref="Json"/> has written.</summary>
    /// <exception cref="FormatException">Nobody has.</exception>
    public static ClientKeySet Parse(string json) => Register(Encoding.UTF8.GetBytes(json), "jwks", out var fault)
        ?? throw new FormatException(fault!.Message);

    public bool Equals(ClientKeySet? other) => Json == other?.Json;

    public override int GetHashCode() => Json.GetHashCode(StringComparison.Ordinal);

    private static JsonDocument? Read(ReadOnlyMemory<byte> utf8)
    {
        if (!StrictJson.TryParseObject(utf8, out var document))
            return null;
        if (document.RootElement.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array)
            return document;
        document.Dispose();
        return null;
    }

    private static string? Problem(ClientKeySet set, int count)
    {
        if (count is 0 or > MaxKeys)
            return $"must have 1 to {MaxKeys} keys";
        if (set.Json.Length > MaxSize)
            return $"must take at most {MaxSize / 1024} KB";
        var kids = set.Keys.Select(key => key.Kid).OfType<string>().ToArray();
        return kids.Distinct(StringComparer.Ordinal).Count() == kids.Length ? null : "must not have two keys of one kid";
    }

    private static string Write(ImmutableArray<ClientKey> keys)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in keys)
                key.WriteTo(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
