using System.Net;
using System.Net.Sockets;

namespace Tumbler.Stories.Tests.Guarding;

/// <summary>The way by which a service gets to its issuer. It can be closed: what is under way is reset, and nobody gets through.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<Socket> under = [];
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly EndPoint issuer;
    private readonly Task accepting;
    private bool closed;

    public Gate(Uri issuer)
    {
        this.issuer = new IPEndPoint(IPAddress.Parse(issuer.Host), issuer.Port);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        accepting = Accept();
    }

    public string Url => $"http://{listener.LocalEndPoint}";

    /// <summary>How many were turned away.</summary>
    public int Refused { get; private set; }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            foreach (var socket in under)
                Reset(socket);
            under.Clear();
        }
    }

    public void Open()
    {
        lock (gate)
            closed = false;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        Close();
        await accepting;
    }

    private async Task Accept()
    {
        while (true)
        {
            Socket from;
            try
            {
                from = await listener.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = Carry(from);
        }
    }

    private async Task Carry(Socket from)
    {
        var to = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        from.NoDelay = true;
        lock (gate)
        {
            if (closed)
            {
                Refused++;
                Reset(from);
                to.Dispose();
                return;
            }

            under.UnionWith([from, to]);
        }

        try
        {
            await to.ConnectAsync(issuer);
            await Task.WhenAll(Copy(from, to), Copy(to, from));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side is gone; the other one hears of it.
        }

        lock (gate)
            under.ExceptWith([from, to]);
        Reset(from);
        Reset(to);
    }

    private static async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer) is > 0 and var count)
        {
            for (var sent = 0; sent < count;)
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
        }

        to.Shutdown(SocketShutdown.Send);
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
}
