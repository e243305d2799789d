namespace Tumbler.Silo.Clock;

internal sealed class FastTimer(ITimer inner, Func<TimeSpan, TimeSpan> real) : ITimer
{
    public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(real(dueTime), real(period));

    public void Dispose() => inner.Dispose();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
