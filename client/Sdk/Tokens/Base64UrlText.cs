using System.Buffers;
using System.Buffers.Text;

namespace Tumbler.Client.Tokens;

/// <summary>base64url of RFC 7515 §2, in its only spelling: .NET's decoder also takes padding and white space.</summary>
internal static class Base64UrlText
{
    private static readonly SearchValues<byte> Digits =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_abcdefghijklmnopqrstuvwxyz"u8);

    /// <param name="bytes">As long as <see cref="Base64Url.GetMaxDecodedLength"/> says.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes, out int length)
    {
        length = 0;
        return text.IndexOfAnyExcept(Digits) < 0
            && Base64Url.DecodeFromUtf8(text, bytes, out _, out length) == OperationStatus.Done;
    }

    /// <summary>Null for what is not base64url.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (!TryDecode(text, bytes, out var length))
            return null;
        return length == bytes.Length ? bytes : bytes[..length];
    }
}
