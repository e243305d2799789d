using System.Collections.Frozen;

namespace Tumbler.Core.ApiKeys;

/// <summary>An organisation's API keys by their hashes; built once per change, read by every request.</summary>
public sealed class ApiKeyIndex(IEnumerable<ApiKey> keys)
{
    private readonly FrozenDictionary<ApiKeyHash, ApiKey> keys = keys.ToFrozenDictionary(key => key.Hash);

    /// <summary>The key with this hash, whatever its state, or null. How long it takes says nothing about a key:
    /// buckets are chosen by a keyed hash that no caller can steer, and whole hashes are compared in constant time.</summary>
    public ApiKey? Match(ApiKeyHash presented) => keys.GetValueOrDefault(presented);
}
