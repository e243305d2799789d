using System.Buffers;

namespace Tumbler.Core.Privacy;

/// <summary>What secrets look like, wherever they stand and whatever stands beside them.</summary>
internal static class SecretForms
{
    /// <summary>Where somebody's own alphabet and length say that it was drawn: 32 bytes are 43 such characters.</summary>
    private const int LongRun = 40;

    /// <summary>What a name or a path has of each kind of character now and then.</summary>
    private const int Few = 3;

    private const string ApiKeyMark = "_api_";
    private const int ApiKeyLength = 32;
    private const int JwtPart = 8;
    private const int VaultToken = 20;

    private static readonly SearchValues<char> Run =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/");

    private static readonly SearchValues<char> Base64 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private static readonly SearchValues<char> Base62 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    public static bool IsRun(char letter) => Run.Contains(letter);

    /// <summary>Up to where a PEM block begins, at the latest.</summary>
    public static ReadOnlySpan<char> RunAt(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(Run);
        return BeforePem(length < 0 ? text : text[..length]);
    }

    /// <summary>What begins with one is left as it is.</summary>
    public static ReadOnlySpan<char> BeforePem(ReadOnlySpan<char> text)
    {
        var pem = text.IndexOf("-----BEGIN", StringComparison.Ordinal);
        return pem <= 0 ? text : text[..pem];
    }

    public static bool IsSecret(ReadOnlySpan<char> run) =>
        run.Length >= VaultToken && (IsJwt(run) || IsApiKey(run) || IsDer(run) || IsVaultToken(run) || IsDrawn(run));

    /// <summary>Whether an address's host follows: labels with dots, the last of letters.</summary>
    public static bool BeginsDomain(ReadOnlySpan<char> text)
    {
        var length = 0;
        var (dot, letters) = (-1, false);
        for (; length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] is '.' or '-'); length++)
        {
            if (text[length] == '.' && length + 1 < text.Length && char.IsLetterOrDigit(text[length + 1]))
                (dot, letters) = (length, char.IsLetter(text[length + 1]));
        }

        return dot > 0 && letters;
    }

    /// <summary>A JSON object in base64url begins so; a signature may be missing.</summary>
    private static bool IsJwt(ReadOnlySpan<char> run)
    {
        for (var start = run.IndexOf("eyJ"); start >= 0;)
        {
            var dot = run[start..].IndexOf('.');
            if (dot < 0)
                return false;
            if (dot >= JwtPart && run.Length - start - dot > JwtPart)
                return true;
            var next = run[(start + dot)..].IndexOf("eyJ");
            start = next < 0 ? -1 : start + dot + next;
        }

        return false;
    }

    private static bool IsApiKey(ReadOnlySpan<char> run)
    {
        for (var mark = run.IndexOf(ApiKeyMark); mark >= 0;)
        {
            var random = run[(mark + ApiKeyMark.Length)..];
            var length = random.IndexOfAnyExcept(Base62);
            if ((length < 0 ? random.Length : length) >= ApiKeyLength)
                return true;
            var next = random.IndexOf(ApiKeyMark);
            mark = next < 0 ? -1 : mark + ApiKeyMark.Length + next;
        }

        return false;
    }

    /// <summary>A DER SEQUENCE of some length in base64: PKCS#8, PKCS#12, CMS.</summary>
    private static bool IsDer(ReadOnlySpan<char> run)
    {
        while (run.Length >= LongRun)
        {
            var start = run.IndexOf("MI");
            if (start < 0 || run.Length - start < LongRun)
                return false;
            run = run[start..];
            if (run[2] is 'G' or 'H' or 'I')
            {
                var length = run.IndexOfAnyExcept(Base64);
                length = length < 0 ? run.Length : length;
                if (length >= LongRun)
                    return true;
                run = run[Math.Max(length, 2)..];
            }
            else
            {
                run = run[2..];
            }
        }

        return false;
    }

    private static bool IsVaultToken(ReadOnlySpan<char> run)
    {
        var mark = run.IndexOf("hv");
        while (mark >= 0 && run.Length - mark >= VaultToken)
        {
            if (run[mark + 2] is 's' or 'b' or 'r' && run[mark + 3] == '.')
                return true;
            var next = run[(mark + 2)..].IndexOf("hv");
            mark = next < 0 ? -1 : mark + 2 + next;
        }

        return false;
    }

    private static bool IsDrawn(ReadOnlySpan<char> run)
    {
        foreach (var range in run.SplitAny('/', '.'))
        {
            var part = run[range];
            if (part.Length < LongRun)
                continue;
            var (upper, lower, digits) = (0, 0, 0);
            foreach (var letter in part)
            {
                upper += char.IsAsciiLetterUpper(letter) ? 1 : 0;
                lower += char.IsAsciiLetterLower(letter) ? 1 : 0;
                digits += char.IsAsciiDigit(letter) ? 1 : 0;
            }

            if (upper >= Few && lower >= Few && digits >= Few)
                return true;
        }

        return false;
    }
}
