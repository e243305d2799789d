using System.Buffers;

namespace Tumbler.Silo.Configuration;

/// <summary>A certificate's subject as a gateway writes it. It is compared letter by letter, so what no gateway would write is
/// better found at the start than wondered about later.</summary>
internal static class ClientSubject
{
    private const int MaxLength = 1024;

    private static readonly SearchValues<char> TypeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>RFC 4514 §2, in the characters that stand in a header: attributes with a comma between, each a type and a value.</summary>
    public static bool IsOne(string text)
    {
        if (text.Length > MaxLength || text.Any(c => c is < ' ' or > '~'))
            return false;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '\\')
                i++;
            else if (i == text.Length || text[i] is ',' or '+')
            {
                if (!IsAttribute(text.AsSpan(start, i - start)))
                    return false;
                start = i + 1;
            }
        }

        return true;
    }

    private static bool IsAttribute(ReadOnlySpan<char> attribute)
    {
        var type = attribute.IndexOf('=') is > 0 and var end ? attribute[..end] : [];
        return type.Length > 0
            && (char.IsAsciiLetter(type[0]) || char.IsAsciiDigit(type[0]))
            && type.IndexOfAnyExcept(TypeCharacters) < 0;
    }
}
