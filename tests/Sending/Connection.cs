using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Tumbler.Tests.Sending;

/// <summary>A connection of HTTP/1.1 with at most one request on its way.</summary>
internal sealed class Connection : IDisposable
{
    private byte[] buffer = new byte[16 * 1024];
    private int filled, bodyBegin;

    public Connection(Uri server)
    {
        Socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(server.Host, server.Port);
    }

    public Socket Socket { get; }

    /// <summary>What was asked last.</summary>
    public PreparedRequest? Request { get; private set; }

    /// <summary>When it was due.</summary>
    public long Due { get; private set; }

    public bool IsGood => buffer.AsSpan(0, filled).StartsWith("HTTP/1.1 200 "u8);

    public ReadOnlySpan<byte> Body => buffer.AsSpan(bodyBegin, filled - bodyBegin);

    /// <summary>The whole answer, for people.</summary>
    public string Text => Encoding.UTF8.GetString(buffer.AsSpan(0, filled));

    public void Send(PreparedRequest request, long due)
    {
        (Request, Due, filled) = (request, due, 0);
        Socket.Send(request.Bytes);
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>Whether the answer is complete.</returns>
    public bool Receive()
    {
        if (filled == buffer.Length)
            Array.Resize(ref buffer, 2 * buffer.Length);
        var read = Socket.Receive(buffer.AsSpan(filled));
        if (read == 0)
            throw new IOException("The server closed a connection.");
        filled += read;

        var headers = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        if (headers < 0)
            return false;
        bodyBegin = headers + 4;
        return filled >= bodyBegin + LengthIn(buffer.AsSpan(0, headers + 2));
    }

    public void Dispose() => Socket.Dispose();

    private static int LengthIn(ReadOnlySpan<byte> headers)
    {
        var at = headers.IndexOf("\r\nContent-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(headers[(at + "\r\nContent-Length: ".Length)..], out int length, out _)
            ? length
            : throw new InvalidDataException($"An answer does not say how long it is: {Encoding.UTF8.GetString(headers)}");
    }
}
