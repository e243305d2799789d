using System.Buffers;
using System.Buffers.Text;

namespace Tumbler.Core.Tokens;

/// <summary>base64url as RFC 7515 §2 writes it, one spelling per value: .NET's own decoder also takes padding,
/// white space and stray bits.</summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <param name="bytes">At least three quarters as long as <paramref name="text"/>.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes, out int written)
    {
        written = 0;
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet))
            return false;

        // Bits left over in the last character must be zero (RFC 4648 §3.5): encoding the tail again shows it.
        Span<byte> tail = stackalloc byte[4];
        return Base64Url.TryDecodeFromUtf8(text, bytes, out written)
            && Base64Url.TryEncodeToUtf8(bytes[(written - (written % 3))..written], tail, out var length)
            && text.EndsWith(tail[..length]);
    }
}
