using System.Text;

namespace Tumbler.Tests.Sending;

/// <summary>An HTTP request made beforehand, to be sent again and again.</summary>
/// <param name="Bytes">As they stand on the wire.</param>
/// <param name="Answered">Gets the body of each answer with 200, on the sender's thread.</param>
internal sealed record PreparedRequest(byte[] Bytes, Action<ReadOnlySpan<byte>>? Answered = null)
{
    public static PreparedRequest Get(Uri server, string path, Action<ReadOnlySpan<byte>>? answered = null) =>
        new(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n"), answered);

    public static PreparedRequest Token(Uri server, string client, string secret, Action<ReadOnlySpan<byte>>? answered = null) => Post(
        server, "/oauth2/token", "application/x-www-form-urlencoded",
        $"grant_type=client_credentials&client_id={Uri.EscapeDataString(client)}&client_secret={Uri.EscapeDataString(secret)}", answered);

    public static PreparedRequest Jwks(Uri server, Action<ReadOnlySpan<byte>>? answered = null) => Get(server, "/.well-known/jwks.json", answered);

    public static PreparedRequest Verification(Uri server, string apiKey) =>
        Post(server, "/api/v1/api-keys/verify", "application/json", $$"""{"key":"{{apiKey}}"}""");

    private static PreparedRequest Post(Uri server, string path, string type, string body, Action<ReadOnlySpan<byte>>? answered = null) => new(
        Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}"),
        answered);
}
