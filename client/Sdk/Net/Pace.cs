namespace Tumbler.Client.Net;

/// <summary>Waits between two requests: by the clock that tokens live by, which a demonstration may let run fast, but never so shortly by the
/// machine's that the other side suffers.</summary>
internal sealed class Pace(TimeProvider clock, TimeProvider machineClock)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    public Task Wait(TimeSpan time, CancellationToken stop) => ReferenceEquals(clock, machineClock)
        ? Task.Delay(time > Least ? time : Least, clock, stop)
        : Task.WhenAll(Task.Delay(time, clock, stop), Task.Delay(Least, machineClock, stop));

    /// <summary>After the n-th failure in a row, by the machine's clock: 1 s, 2 s, 4 s … and then every 30 s.</summary>
    public Task WaitAfterFailure(int failures, CancellationToken stop) =>
        Task.Delay(TimeSpan.FromSeconds(Math.Min(30, 1 << Math.Clamp(failures - 1, 0, 5))), machineClock, stop);
}
