using System.Globalization;
using System.Text;

namespace Tumbler.Core.Privacy;

/// <summary>What may be shown of secrets and personal data in logs and audit entries. Whatever is given, nothing here fails,
/// takes longer than its length, or changes what it has redacted before.</summary>
public static class Redaction
{
    internal const string Hidden = "****";

    private const int Shown = 4;

    /// <summary>A shorter secret's end would be a good part of it.</summary>
    private const int LengthToShowEnd = 16;

    private const int MostNames = 10;

    private const int MostPasses = 8;

    /// <summary>One letter with its marks. What is longer was made to be.</summary>
    private const int LongestInitial = 8;

    /// <summary><c>ann@example.com</c> → <c>a***@example.com</c></summary>
    public static string Email(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 1 ? "***" : $"{address[0]}***{address[at..]}";
    }

    /// <summary><c>Иванов Иван Иванович</c> → <c>И*** И*** И***</c>. A letter keeps the marks that belong to it.</summary>
    public static string Name(string name) => string.Join(
        ' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostNames).Select(word => $"{Initial(word)}***"));

    /// <summary><c>4509 123456</c> → <c>****3456</c>; of one with up to eight characters nothing.</summary>
    public static string Identifier(string text)
    {
        if (IsHidden(text))
            return text;
        var (elements, ends) = (StringInfo.GetTextElementEnumerator(text), new Queue<string>(Shown));
        var count = 0;
        for (; elements.MoveNext(); count++)
        {
            if (ends.Count == Shown)
                ends.Dequeue();
            ends.Enqueue(elements.GetTextElement());
        }

        var end = string.Concat(ends);
        return count > 2 * Shown && end.Length <= Shown * LongestInitial && WellFormed(end) ? Hidden + end : Hidden;
    }

    /// <summary>At most its last 4 characters, and those only when they are a small part of it.</summary>
    public static string Secret(ReadOnlySpan<char> secret)
    {
        if (IsHidden(secret))
            return secret.ToString();
        if (secret.Length < LengthToShowEnd)
            return Hidden;
        var end = secret[^Shown..];
        return $"{Hidden}{(char.IsLowSurrogate(end[0]) ? end[1..] : end)}";
    }

    /// <summary>A value by what its name says, and whatever its name says without what has the form of a secret.</summary>
    public static string Value(string name, string value) => SensitiveNames.Of(name) switch
    {
        Sensitivity.Secret => Secret(value),
        Sensitivity.Name => Name(value),
        Sensitivity.Identifier => Identifier(value),
        Sensitivity.Email => Email(value),
        _ => Text(value),
    };

    /// <summary>A text without what has the form of a secret, of an e-mail address or of a telephone number.</summary>
    public static string Text(string text)
    {
        // What was hidden may bring together what stood apart. A text that goes on changing was made to; it has nothing left to hide then.
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var redacted = new TextRedaction(text).Run();
            if (redacted == text)
                break;
            text = redacted;
        }

        return text;
    }

    internal static string By(Sensitivity kind, ReadOnlySpan<char> value) => kind switch
    {
        Sensitivity.Name => Name(value.ToString()),
        Sensitivity.Identifier => Identifier(value.ToString()),
        _ => Secret(value),
    };

    private static bool IsHidden(ReadOnlySpan<char> text) =>
        text.Length <= Hidden.Length + Shown * LongestInitial
        && text.StartsWith(Hidden, StringComparison.Ordinal)
        && new StringInfo(text.ToString()).LengthInTextElements <= Hidden.Length + Shown;

    private static string Initial(string word)
    {
        // A mark that says from which side to read is no letter.
        var letters = word.AsSpan().TrimStart("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff");
        if (letters.IsEmpty || letters[0] == '*')
            return "";
        var length = StringInfo.GetNextTextElementLength(letters);
        if (length > LongestInitial)
            length = char.IsHighSurrogate(letters[0]) ? 2 : 1;
        var initial = letters[..length];
        return WellFormed(initial) ? initial.ToString() : "";
    }

    /// <summary>Half a character can't be written in an audit entry.</summary>
    private static bool WellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != System.Buffers.OperationStatus.Done)
                return false;
            text = text[consumed..];
        }

        return true;
    }
}
