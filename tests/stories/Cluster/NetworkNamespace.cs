using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>A network of its own, with nothing in it but a loopback interface: what happens in it reaches nobody, unless by a
/// socket that this process has made there. Needs the right to make one.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private const int NewNetwork = 0x4000_0000;

    private readonly Process holder;
    private readonly SafeFileHandle handle;

    private NetworkNamespace(Process holder)
    {
        this.holder = holder;
        handle = File.OpenHandle(Path);
    }

    /// <summary>As <c>nsenter --net=</c> takes it.</summary>
    public string Path => $"/proc/{holder.Id}/ns/net";

    /// <returns>Null, and why, where this process may not.</returns>
    public static async Task<(NetworkNamespace? Made, string Why)> TryMake()
    {
        try
        {
            var holder = Process.Start(new ProcessStartInfo("unshare", ["--net", "sh", "-c", "ip link set lo up && echo up && exec sleep infinity"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            if (await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) == "up")
                return (new NetworkNamespace(holder), "");
            return (null, (await holder.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
        }
        catch (Win32Exception failure)
        {
            return (null, failure.Message);
        }
    }

    /// <summary>A socket belongs to the network in which it was made, whoever uses it.</summary>
    public async Task<Socket> NewSocket()
    {
        // A thread that ends with it: it can't be in two networks.
        var made = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            if (setns(handle, NewNetwork) == 0)
                made.SetResult(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            else
                made.SetException(new Win32Exception());
        }).Start();
        return await made.Task;
    }

    public void Dispose()
    {
        handle.Dispose();
        holder.Kill();
        holder.WaitForExit();
        holder.Dispose();
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setns(SafeFileHandle network, int kind);
}
