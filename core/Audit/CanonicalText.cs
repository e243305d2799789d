using System.Buffers;
using System.Text;

namespace Tumbler.Core.Audit;

/// <summary>Strings of RFC 8785 §3.2.2.2: the seven short escapes, <c>\u00xx</c> in lower case for the other control
/// characters, everything else as it is.</summary>
internal static class CanonicalText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    /// <exception cref="FormatException">A lone surrogate: it has no UTF-8 form (§3.2.2.2).</exception>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        for (int escape; (escape = text.IndexOfAny(Escaped)) >= 0; text = text[(escape + 1)..])
        {
            WritePlain(output, text[..escape]);
            WritePlain(output, Escape(text[escape]));
        }

        WritePlain(output, text);
        output.Write("\""u8);
    }

    private static void WritePlain(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        try
        {
            Utf8.GetBytes(text, output);
        }
        catch (EncoderFallbackException e)
        {
            throw new FormatException("A string holds a lone surrogate.", e);
        }
    }

    private static string Escape(char c) => c switch
    {
        '\b' => @"\b",
        '\t' => @"\t",
        '\n' => @"\n",
        '\f' => @"\f",
        '\r' => @"\r",
        '"' => @"\""",
        '\\' => @"\\",
        _ => $"\\u{(int)c:x4}",
    };
}
