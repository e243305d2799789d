using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Tumbler.Client.ApiKeys;

/// <summary>Answers about API keys, for a moment. Good ones and bad ones apart, so that nobody drives the good ones out with made-up keys; both
/// bounded. Keys themselves are not kept: what stands for one is a hash under a key of this process.</summary>
internal sealed class ApiKeyMemory(TimeSpan time, TimeProvider clock)
{
    private const int MostGood = 10_000;
    private const int MostBad = 1_000;

    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, (ApiKeyVerdict Verdict, long At)> good = [], bad = [];

    public string Name(string key, string? address)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{key}\n{address}"), hash);
        return Convert.ToHexString(hash);
    }

    public ApiKeyVerdict? Find(string name) =>
        (good.TryGetValue(name, out var known) || bad.TryGetValue(name, out known)) && clock.GetElapsedTime(known.At) < time ? known.Verdict : null;

    /// <param name="asked">When it was asked for: what was revoked since then may not be in the answer.</param>
    public void Keep(string name, ApiKeyVerdict verdict, long asked)
    {
        var (table, other, most) = verdict.Result == ApiKeyResult.Good ? (good, bad, MostGood) : (bad, good, MostBad);
        other.TryRemove(name, out _);
        if (table.Count >= most)
            table.Clear();
        table[name] = (verdict, asked);
    }
}
