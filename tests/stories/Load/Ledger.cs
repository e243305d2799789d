using System.Collections.Concurrent;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Load;

/// <summary>What the silo has acknowledged. A request that got no answer may or may not have been carried out: what it was about
/// is in no list.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, bool> organizations = [];
    private readonly ConcurrentDictionary<string, NewApiKey> apiKeys = [];
    private readonly ConcurrentDictionary<string, NewApiKey> revokedApiKeys = [];
    private readonly ConcurrentDictionary<string, long> signingKeys = [];
    private int count;

    /// <summary>How many changes were acknowledged.</summary>
    public int Count => Volatile.Read(ref count);

    public IEnumerable<string> Organizations => organizations.Keys;

    public IEnumerable<NewApiKey> ApiKeys => apiKeys.Values;

    public IEnumerable<NewApiKey> RevokedApiKeys => revokedApiKeys.Values;

    public IReadOnlyDictionary<string, long> SigningKeys => signingKeys;

    public void Created(string organization) => Acknowledge(organizations.TryAdd(organization, true));

    public void Created(NewApiKey key) => Acknowledge(apiKeys.TryAdd(key.Id, key));

    /// <summary>Before the request is sent: from here on until the answer nobody knows.</summary>
    public void Revoking(NewApiKey key) => apiKeys.TryRemove(key.Id, out _);

    public void Revoked(NewApiKey key) => Acknowledge(revokedApiKeys.TryAdd(key.Id, key));

    public void Rotated() => Acknowledge(true);

    public void SawSigningKey(string kid, long ordinal) => signingKeys.TryAdd(kid, ordinal);

    private void Acknowledge(bool isNew)
    {
        Assert.True(isNew, "Something was created twice.");
        Interlocked.Increment(ref count);
    }
}
