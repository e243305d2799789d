namespace Tumbler.Silo.Clock;

internal sealed class FastTimer(ITimer inner, FastClock clock) : ITimer
{
    public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.RealDue(dueTime), clock.RealPeriod(period));

    public void Dispose() => inner.Dispose();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
