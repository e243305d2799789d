using System.Buffers;
using System.Buffers.Text;

namespace Tumbler.Core.Tokens;

/// <summary>base64url as RFC 7515 §2 writes it, one spelling per value: no padding, no white space (.NET takes both),
/// no stray bits in the last character (.NET refuses those).</summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <param name="bytes">At least three quarters as long as <paramref name="text"/>.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes, out int written)
    {
        written = 0;
        return !text.ContainsAnyExcept(Alphabet)
            && Base64Url.DecodeFromUtf8(text, bytes, out _, out written) == OperationStatus.Done;
    }
}
