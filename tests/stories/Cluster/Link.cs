using System.Net;
using System.Net.Sockets;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>Carries TCP connections to one port between two networks, and can be cut.</summary>
/// <param name="near">Makes sockets where it listens.</param>
/// <param name="far">Makes sockets where the port is in truth.</param>
internal sealed class Link(Func<Task<Socket>> near, Func<Task<Socket>> far, int port) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<Socket> sockets = [];
    private readonly IPEndPoint address = new(IPAddress.Loopback, port);
    private TaskCompletionSource whole = Done();
    private Socket? listener;
    private Task accepting = Task.CompletedTask;

    public async Task Set(LinkState state)
    {
        if (state == LinkState.Silent)
            whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        else
            whole.TrySetResult();

        if (state == LinkState.Refusing)
            await Close();
        else if (listener is null)
            await Listen();
    }

    public async ValueTask DisposeAsync()
    {
        whole.TrySetResult();
        await Close();
    }

    private async Task Listen()
    {
        listener = await near();
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(address);
        listener.Listen();
        accepting = Accept(listener);
    }

    private async Task Close()
    {
        listener?.Dispose();
        listener = null;
        await accepting;
        lock (gate)
        {
            foreach (var socket in sockets)
                Reset(socket);
            sockets.Clear();
        }
    }

    private async Task Accept(Socket listening)
    {
        while (true)
        {
            try
            {
                _ = Carry(await listening.AcceptAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Carry(Socket from)
    {
        var to = await far();
        lock (gate)
            sockets.UnionWith([from, to]);
        try
        {
            await whole.Task;
            await to.ConnectAsync(address);
            await Task.WhenAll(Copy(from, to), Copy(to, from));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Reset(from);
        }

        lock (gate)
            sockets.ExceptWith([from, to]);
        from.Dispose();
        to.Dispose();
    }

    private async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await whole.Task;
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }

            await whole.Task;
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side is gone; the other one hears of it.
            Reset(from);
            Reset(to);
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
