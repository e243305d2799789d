using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Tumbler.Contracts.Limits;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Engine.Limits;

/// <summary>How often authentication has failed from an address, on this node. From one that is over the limit a good credential is
/// still taken; only what a bad one costs becomes less. IPv6 counts by /64, of which one machine may have any address.</summary>
/// <remarks>A window opens with the first failure after the one before. The oldest windows are forgotten first, in constant
/// time: all are of one length, so that the order of their beginnings is that of their ends.</remarks>
/// <param name="rule">Null for no limit.</param>
public sealed class FailedAttempts(QuotaRule? rule, TimeProvider clock)
{
    /// <summary>Addresses at most, about 20 MB. Who has more of them than that is not stopped by counting them.</summary>
    public const int Most = 100_000;

    private const int ForgottenAtOnce = 4;

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<UInt128, Window> windows = [];
    private readonly Queue<(UInt128 Address, Window Window)> oldest = [];
    private int count;

    /// <summary>Addresses of which something is known.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Counts one failure.</summary>
    /// <param name="address">Null where there is none to count by.</param>
    /// <returns>Null within the limit; else how long the window still is.</returns>
    public TimeSpan? Add(IPAddress? address)
    {
        if (rule is null || address is null)
            return null;
        var (key, now) = (KeyOf(address), Now);
        lock (gate)
        {
            Forget(now);
            if (!windows.TryGetValue(key, out var window) || now >= window.EndsAt)
                window = Open(key, now);
            window.Failures++;
            return window.Failures > rule.Limit ? window.EndsAt - now : null;
        }
    }

    /// <summary>Whether the next failure from there is one too many. A look into a dictionary, once anything has failed at all.</summary>
    /// <param name="source">An address as text, or what stands for none.</param>
    public bool IsOver(string source) =>
        rule is not null && Count > 0 && IPAddress.TryParse(source, out var address)
        && windows.TryGetValue(KeyOf(address), out var window) && window.Failures >= rule.Limit && Now < window.EndsAt;

    /// <summary>How an address is counted: IPv4 as it is, IPv6 by its network.</summary>
    public static string NameOf(IPAddress? address)
    {
        if (address is null)
            return "local";
        var normal = AddressBlock.Normalise(address);
        return normal.AddressFamily == AddressFamily.InterNetwork ? normal.ToString() : $"{Network(normal)}/64";
    }

    private TimeSpan Now => clock.GetElapsedTime(0);

    private Window Open(UInt128 key, TimeSpan now)
    {
        while (count >= Most)
            ForgetOldest();
        var window = new Window(now + rule!.Window);
        if (!windows.ContainsKey(key))
            Interlocked.Increment(ref count);
        windows[key] = window;
        oldest.Enqueue((key, window));
        return window;
    }

    private void Forget(TimeSpan now)
    {
        for (var n = 0; n < ForgottenAtOnce && oldest.TryPeek(out var first) && now >= first.Window.EndsAt; n++)
            ForgetOldest();
    }

    private void ForgetOldest()
    {
        var (key, window) = oldest.Dequeue();

        // An address that has failed again since has a later window in its place.
        if (windows.TryRemove(KeyValuePair.Create(key, window)))
            Interlocked.Decrement(ref count);
    }

    private static UInt128 KeyOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        var normal = AddressBlock.Normalise(address);
        normal.TryWriteBytes(bytes, out var length);
        return length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : new UInt128(BinaryPrimitives.ReadUInt64BigEndian(bytes), ulong.MaxValue);
    }

    private static IPAddress Network(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    private sealed class Window(TimeSpan endsAt)
    {
        public TimeSpan EndsAt => endsAt;

        public int Failures;
    }
}
