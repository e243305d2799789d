namespace Tumbler.Cli.Demo.Clock;

internal sealed class FollowedTimer(ITimer inner, FollowedClock clock) : ITimer
{
    public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Real(dueTime), clock.Real(period));

    public void Dispose() => inner.Dispose();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
