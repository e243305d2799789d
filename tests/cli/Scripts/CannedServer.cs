using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tumbler.Cli.Tests.Scripts;

/// <summary>Answers every connection with the same bytes, whatever it is asked.</summary>
internal sealed class CannedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly byte[] answer;
    private readonly Task serving;

    public CannedServer(string answer)
    {
        this.answer = Encoding.UTF8.GetBytes(answer);
        listener.Start();
        serving = Serve();
    }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[8192]);
                await stream.WriteAsync(answer);
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // It was stopped, while it waited or before it waited again.
        }
    }
}
