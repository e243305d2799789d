using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tumbler.Tests.Sending;

/// <summary>Which sockets have something to read: ppoll(2), which ends its waiting to some ten microseconds. .NET's own
/// <see cref="Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, TimeSpan)"/> waits whole milliseconds,
/// which is as long as the answers take that are to be timed.</summary>
internal sealed class Readable(IReadOnlyList<Socket> sockets)
{
    private const short Input = 1;
    private const int Interrupted = 4;

    private readonly Watched[] watched = [.. sockets.Select(socket => new Watched { Descriptor = (int)socket.Handle, Asked = Input })];

    /// <summary>Also when the other side has closed it.</summary>
    public bool this[int socket] => watched[socket].Answered != 0;

    /// <returns>How many there are; none when the time is over.</returns>
    public int Wait(TimeSpan most)
    {
        var (seconds, rest) = Math.DivRem(most.Ticks, TimeSpan.TicksPerSecond);
        var found = ppoll(watched, (nuint)watched.Length, new Duration { Seconds = (nint)seconds, Nanoseconds = (nint)(rest * 100) }, 0);
        if (found >= 0)
            return found;
        var error = Marshal.GetLastPInvokeError();
        if (error != Interrupted)
            throw new Win32Exception(error);
        for (var n = 0; n < watched.Length; n++)
            watched[n].Answered = 0;
        return 0;
    }

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ppoll([In, Out] Watched[] watched, nuint count, in Duration most, nint mask);

    [StructLayout(LayoutKind.Sequential)]
    private struct Watched
    {
        public int Descriptor;
        public short Asked;
        public short Answered;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Duration
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
