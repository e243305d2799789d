using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Tumbler.Engine.Snapshots;

/// <summary>A public document as it goes over the wire, made once per change.</summary>
/// <param name="ETag">A strong validator of <paramref name="Plain"/>, in quotes (RFC 9110 §8.8.3).</param>
public sealed record PublishedDocument(ReadOnlyMemory<byte> Plain, string ETag)
{
    private byte[]? gzip;

    /// <summary>Made when somebody asks for it: of most rings of many nobody does, and compressing is what takes most of
    /// the time and the memory of a ring's first use. Whoever makes it at the same moment makes the same.</summary>
    public ReadOnlyMemory<byte> Gzip => gzip ??= Compress(Plain.Span);

    /// <summary>The validator of <see cref="Gzip"/>: other bytes need another strong one (RFC 9110 §8.8.3.3).</summary>
    public string GzipETag { get; } = $"{ETag[..^1]}-gzip\"";

    public static PublishedDocument Of(byte[] json) =>
        new(json, $"\"{Base64Url.EncodeToString(SHA256.HashData(json).AsSpan(0, 16))}\"");

    private static byte[] Compress(ReadOnlySpan<byte> json)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize))
            gzip.Write(json);
        return buffer.ToArray();
    }
}
