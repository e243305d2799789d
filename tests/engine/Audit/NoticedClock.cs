using System.Threading.Channels;
using Tumbler.Tests.Clock;

namespace Tumbler.Engine.Tests.Audit;

/// <summary>A clock that tells when somebody begins to wait on it, and for how long.</summary>
internal sealed class NoticedClock(ManualClock clock) : TimeProvider
{
    private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = clock.CreateTimer(callback, state, dueTime, period);
        waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The next wait that begins, or has begun.</summary>
    public async Task<TimeSpan> NextWait()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await waits.Reader.ReadAsync(patience.Token);
    }

    public bool Waits => waits.Reader.TryPeek(out _);
}
