using System.Globalization;
using System.Text;

namespace Tumbler.Stories.Tests.Attacks;

/// <summary>A line of <c>attacks.txt</c>: what is sent, and what it has to get.</summary>
/// <param name="Line">As it stands there.</param>
/// <param name="Error">The answer's <c>error</c>; null when any will do.</param>
internal sealed record Attack(string Line, int Status, string? Error, string Target, IReadOnlyList<string> Who, string Body)
{
    /// <summary>In place of an error: the server itself refuses it.</summary>
    public const string NoHttp = "!";

    /// <summary>More than the product reads.</summary>
    private static readonly string TooLong = new('a', 200_000);

    /// <param name="names">What stands in braces there, and what it is here.</param>
    public static Attack Parse(string line, IReadOnlyDictionary<string, string> names)
    {
        var parts = names.Aggregate(line, (text, name) => text.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal)).Split(" | ");
        var expected = parts[0].Split(' ');
        return new Attack(
            line,
            int.Parse(expected[0], CultureInfo.InvariantCulture),
            expected[1] == "-" ? null : expected[1],
            parts[1],
            parts[2].Split(';', StringSplitOptions.TrimEntries),
            parts.Length > 3 ? parts[3] : "");
    }

    /// <param name="credentials">The headers of each who.</param>
    public byte[] Request(string host, IReadOnlyDictionary<string, string> credentials)
    {
        var (type, body, chunked) = Content();
        var head = new StringBuilder($"{Target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        foreach (var header in Who.Skip(1).Prepend(credentials[Who[0]]).Where(header => header.Length > 0))
            head.Append(header).Append("\r\n");
        if (type is not null)
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\n");
        if (chunked)
            head.Append("Transfer-Encoding: chunked\r\n");
        else if (body is not null)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        byte[] start = [.. Bytes(head.ToString()), .. "\r\n"u8];
        return chunked ? [.. start, .. Bytes($"{body!.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8] : [.. start, .. body ?? []];
    }

    private (string? Type, byte[]? Body, bool Chunked) Content()
    {
        const string json = "application/json", form = "application/x-www-form-urlencoded";
        var big = $"{{\"slug\":\"{TooLong}\"}}";
        var (kind, text) = Body.Split(':', 2) is [var first, var rest] ? (first, rest) : (Body, "");
        return kind switch
        {
            "" => (null, null, false),
            "json" => (json, Bytes(text), false),
            "form" => (form, Bytes(text), false),
            "text" => ("text/plain", Bytes(text), false),
            "raw" => (null, Bytes(text), false),
            "big" => (json, Bytes(big), false),
            "big-chunked" => (json, Bytes(big), true),
            "big-form" => (form, Bytes($"grant_type={TooLong}"), false),
            _ => throw new FormatException($"No such body: {Line}"),
        };
    }

    /// <summary>UTF-8, and <c>\xNN</c> the byte itself.</summary>
    private static byte[] Bytes(string text)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf(@"\x", at, StringComparison.Ordinal);
            bytes.AddRange(Encoding.UTF8.GetBytes(text[at..(end < 0 ? text.Length : end)]));
            at = end < 0 ? text.Length : end + 4;
            if (end >= 0)
                bytes.Add(Convert.ToByte(text.Substring(end + 2, 2), 16));
        }

        return [.. bytes];
    }
}
