using System.Collections.Concurrent;
using Tumbler.Contracts.ApiKeys;

namespace Tumbler.Engine.ApiKeys;

/// <summary>When each API key was last used on this node, since it started.</summary>
public sealed class ApiKeyUses
{
    private readonly ConcurrentDictionary<ApiKeyId, StrongBox> uses = [];

    public void Used(ApiKeyId key, DateTimeOffset now)
    {
        var box = uses.GetOrAdd(key, static (_, ticks) => new StrongBox(ticks), now.UtcTicks);
        Volatile.Write(ref box.Ticks, now.UtcTicks);
    }

    public DateTimeOffset? LastUse(ApiKeyId key) =>
        uses.TryGetValue(key, out var box) ? new DateTimeOffset(Volatile.Read(ref box.Ticks), TimeSpan.Zero) : null;

    private sealed class StrongBox(long ticks)
    {
        public long Ticks = ticks;
    }
}
