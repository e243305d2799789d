using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>Stands between a store and its PostgreSQL and can cut the connection of the next save: before the server gets
/// to see the end of it, or after the server has answered and before the store hears of it.</summary>
internal sealed class CuttingProxy : IDisposable
{
    // A member of every aggregate's row, which only a save sends.
    private static readonly byte[] SaveMark = Encoding.ASCII.GetBytes("\"audit_hash\"");

    // A save is one batch; only a checkpoint is a transaction of several messages.
    private static readonly byte[] CommitMark = Encoding.ASCII.GetBytes("COMMIT");

    // In the statement, or in what the test says that it uses: Npgsql sends the statement itself only the first times.
    private static readonly byte[] UseMark = Encoding.ASCII.GetBytes("used_once");

    // ReadyForQuery: the server has done with everything up to here.
    private static readonly byte[] Ready = [(byte)'Z', 0, 0, 0, 5];

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int server;
    private readonly Task accepting;

    public CuttingProxy(int server)
    {
        this.server = server;
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Fault? Next { get; set; }

    public void Dispose() => listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task Serve(TcpClient accepted)
    {
        using var client = accepted;
        using var upstream = new TcpClient();
        await upstream.ConnectAsync(IPAddress.Loopback, server);
        var swallow = new SwallowAnswer();
        await Task.WhenAny(
            Pump(client.GetStream(), upstream.GetStream(), bytes =>
            {
                if (Next is not { } fault || (bytes.IndexOf(SaveMark) < 0 && bytes.IndexOf(CommitMark) < 0 && bytes.IndexOf(UseMark) < 0))
                    return Verdict.Pass;
                Next = null;
                if (fault == Fault.DidNotPersist)
                    return Verdict.Cut;
                swallow.Armed = true;
                return Verdict.Pass;
            }),
            Pump(upstream.GetStream(), client.GetStream(), bytes =>
                !swallow.Armed ? Verdict.Pass : bytes.IndexOf(Ready) < 0 ? Verdict.Drop : Verdict.Cut));
    }

    private static async Task Pump(NetworkStream from, NetworkStream to, Judge judge)
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var length)
            {
                var verdict = judge(buffer.AsSpan(0, length));
                if (verdict == Verdict.Cut)
                    return;
                if (verdict == Verdict.Pass)
                    await to.WriteAsync(buffer.AsMemory(0, length));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The other direction was cut.
        }
    }

    private delegate Verdict Judge(ReadOnlySpan<byte> bytes);

    private enum Verdict
    {
        Pass,
        Drop,
        Cut,
    }

    private sealed class SwallowAnswer
    {
        public volatile bool Armed;
    }
}
