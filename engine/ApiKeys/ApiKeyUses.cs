using System.Collections.Concurrent;
using Tumbler.Contracts.ApiKeys;

namespace Tumbler.Engine.ApiKeys;

/// <summary>When each API key was last used on this node, since it started. Kept also of keys whose organisation nobody has used
/// for a while: nothing else remembers it.</summary>
/// <param name="most">Of how many keys it is known. At some 100 bytes each a million keys take 100 MB; beyond that the tenth that
/// was used longest ago is forgotten, so that keys that come and go don't fill the memory.</param>
public sealed class ApiKeyUses(int most = 1_000_000)
{
    private readonly ConcurrentDictionary<ApiKeyId, StrongBox> uses = [];
    private int count;
    private int forgetting;
    private long total;

    /// <summary>Of all keys, also of forgotten ones.</summary>
    public long Total => Interlocked.Read(ref total);

    public void Used(ApiKeyId key, DateTimeOffset now)
    {
        Interlocked.Increment(ref total);
        if (!uses.TryGetValue(key, out var box))
        {
            // With its time in it: nobody sees a use without one.
            var first = new StrongBox(now.UtcTicks);
            box = uses.GetOrAdd(key, first);
            if (box == first && Interlocked.Increment(ref count) > most && Interlocked.Exchange(ref forgetting, 1) == 0)
                ForgetOldest();
        }

        Volatile.Write(ref box.Ticks, now.UtcTicks);
    }

    public DateTimeOffset? LastUse(ApiKeyId key) =>
        uses.TryGetValue(key, out var box) ? new DateTimeOffset(Volatile.Read(ref box.Ticks), TimeSpan.Zero) : null;

    private void ForgetOldest()
    {
        var oldest = uses.Select(use => Volatile.Read(ref use.Value.Ticks)).Order().ElementAt(most / 10);
        foreach (var (key, box) in uses)
        {
            if (Volatile.Read(ref box.Ticks) < oldest && uses.TryRemove(key, out _))
                Interlocked.Decrement(ref count);
        }

        Volatile.Write(ref forgetting, 0);
    }

    private sealed class StrongBox(long ticks)
    {
        public long Ticks = ticks;
    }
}
