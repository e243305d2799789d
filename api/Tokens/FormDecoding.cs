using System.Text.Unicode;

namespace Tumbler.Api.Tokens;

/// <summary>Takes application/x-www-form-urlencoded text apart into bytes. Strict: a browser guesses what <c>%zz</c> might
/// mean, a credential must not.</summary>
internal static class FormDecoding
{
    /// <summary>False for a broken escape or for what is not UTF-8.</summary>
    /// <param name="decoded">At least as long as <paramref name="encoded"/>.</param>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> decoded, out int written)
    {
        written = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var value = encoded[i];
            if (value == '+')
                value = (byte)' ';
            else if (value == '%' && !TryEscape(encoded, ref i, out value))
                return false;
            decoded[written++] = value;
        }

        return Utf8.IsValid(decoded[..written]);
    }

    private static bool TryEscape(ReadOnlySpan<byte> encoded, ref int at, out byte value)
    {
        value = 0;
        if (at + 2 >= encoded.Length || !char.IsAsciiHexDigit((char)encoded[at + 1]) || !char.IsAsciiHexDigit((char)encoded[at + 2]))
            return false;
        value = (byte)((Digit(encoded[at + 1]) << 4) | Digit(encoded[at + 2]));
        at += 2;
        return true;
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
