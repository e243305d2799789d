using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Tumbler.Stories.Tests.Attacks;

/// <summary>What came back for bytes that no HTTP client would send.</summary>
/// <param name="Status">0 when the connection was closed without a word.</param>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The member that names the reason, in problems and in OAuth's errors.</summary>
    public string? Error
    {
        get
        {
            if (!Body.StartsWith('{'))
                return null;
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.TryGetProperty("error", out var error) ? error.GetString() : null;
        }
    }

    public static async Task<RawAnswer> To(Uri server, byte[] request)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, patience.Token);
        var stream = client.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, patience.Token);
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It does not read on what it has refused; what it said before is what counts.
        }

        return Parse(Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static RawAnswer Parse(string text)
    {
        if (!text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
            return new RawAnswer(0, text, "");
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return new RawAnswer(int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text[..end], text[(end + 4)..]);
    }
}
