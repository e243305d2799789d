using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Tumbler.Bench.Micro;

/// <summary>A thread of a child process that is let through one instruction after the other, to count them: the same way where the
/// processor's own counters are not to be had, as in most virtual machines. All calls must come from one thread (ptrace(2)).</summary>
internal sealed partial class SteppedThread : IDisposable
{
    private const nint Continue = 7, Step = 9, Detach = 17, Seize = 0x4206;
    private const int AnyThread = 0x4000_0000; // __WALL
    private const int Stepped = 5; // SIGTRAP

    private readonly int thread;
    private bool stopped;

    private SteppedThread(int thread) => this.thread = thread;

    /// <param name="problem">Why the system does not let us.</param>
    public static bool TrySeize(int thread, [NotNullWhen(true)] out SteppedThread? seized, [NotNullWhen(false)] out string? problem)
    {
        var done = Trace(Seize, thread, 0, 0) == 0;
        seized = done ? new SteppedThread(thread) : null;
        problem = done ? null : new Win32Exception(Marshal.GetLastPInvokeError()).Message;
        return done;
    }

    /// <summary>Lets it run to its next mark, which is a signal that it sends itself and does not get, and holds it there.</summary>
    public void RunTo(int mark)
    {
        if (stopped)
            Go(Continue, 0);
        for (var signal = Wait(); signal != mark; signal = Wait())
            Go(Continue, signal);
    }

    /// <summary>The same, instruction by instruction.</summary>
    /// <returns>How many.</returns>
    public long StepTo(int mark)
    {
        var steps = 0L;
        Go(Step, 0);
        for (var signal = Wait(); signal != mark; signal = Wait())
        {
            steps += signal == Stepped ? 1 : 0;
            Go(Step, signal == Stepped ? 0 : signal);
        }

        return steps;
    }

    /// <summary>Lets it go. A thread that is still held would keep its process from ending.</summary>
    public void Dispose()
    {
        if (stopped)
            Go(Detach, 0);
    }

    /// <returns>The signal that it has stopped for.</returns>
    private int Wait()
    {
        if (WaitFor(thread, out var status, AnyThread) != thread)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        stopped = (status & 0xff) == 0x7f;
        return stopped ? (status >> 8) & 0xff : throw new InvalidOperationException("The counted process has ended.");
    }

    private void Go(nint how, int signal)
    {
        if (Trace(how, thread, 0, signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        stopped = false;
    }

    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint Trace(nint request, int thread, nint address, nint data);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int WaitFor(int thread, out int status, int options);
}
