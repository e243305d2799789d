using System.Buffers;
using System.Text;

namespace Tumbler.Core.Privacy;

/// <summary>One pass over a text from left to right. Looking back and ahead is bounded or ends where the pass goes on, so that
/// no text takes longer than in proportion to its length.</summary>
internal ref struct TextRedaction(string text)
{
    private const string PemBegin = "-----BEGIN ";
    private const string PemEnd = "-----END ";
    private const int LongestPemLabel = 64;

    /// <summary>Digits of a telephone number with its country's (E.164).</summary>
    private const int MinPhone = 10;
    private const int MaxPhone = 15;

    private const int ShortestCredentials = 8;

    /// <summary>What may stand between a name, its value and their ends.</summary>
    private const string Quotes = "\"'`\\";

    private static readonly SearchValues<char> PemLabel = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ");
    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" \t\r\n,;&)}]\"'`<>");
    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create("/?# \t\r\n\"'<>");
    private static readonly SearchValues<char> NameEnds = SearchValues.Create("\r\n,;&)}]\"'`<>=:");

    private readonly StringBuilder output = new(text.Length);
    private int at;

    public string Run()
    {
        while (at < text.Length)
        {
            if (!Pem() && !Phone() && !Word() && !NamedValue() && !UserInfo() && !Mail())
                output.Append(text[at++]);
        }

        return output.ToString();
    }

    private readonly ReadOnlySpan<char> Rest => text.AsSpan(at);

    /// <summary>To the end of the key, or of the text when the end is missing.</summary>
    private bool Pem()
    {
        if (!Rest.StartsWith(PemBegin, StringComparison.Ordinal))
            return false;
        var label = Rest[PemBegin.Length..];
        var name = label[..Math.Min(label.Length, LongestPemLabel)];
        var nameEnd = name.IndexOfAnyExcept(PemLabel);
        if (!(nameEnd < 0 ? name : name[..nameEnd]).Contains("PRIVATE KEY", StringComparison.Ordinal))
            return false;
        var end = label.IndexOf(PemEnd, StringComparison.Ordinal);
        if (end >= 0)
        {
            var last = label[(end + PemEnd.Length)..];
            var close = last[..Math.Min(last.Length, LongestPemLabel)].IndexOf("-----", StringComparison.Ordinal);
            at += PemBegin.Length + end + PemEnd.Length + (close < 0 ? 0 : close + 5);
        }
        else
        {
            at = text.Length;
        }

        output.Append(Redaction.Hidden);
        return true;
    }

    private bool Phone()
    {
        if (text[at] != '+' || (at > 0 && SecretForms.IsRun(text[at - 1])))
            return false;
        Span<char> digits = stackalloc char[MaxPhone];
        var (count, end) = (0, at + 1);
        for (var i = at + 1; i < text.Length && count < MaxPhone && (char.IsAsciiDigit(text[i]) || text[i] is ' ' or '-' or '(' or ')'); i++)
        {
            if (!char.IsAsciiDigit(text[i]))
                continue;
            digits[count++] = text[i];
            end = i + 1;
        }

        if (count < MinPhone)
            return false;
        output.Append(Redaction.Hidden).Append(digits[(count - 4)..count]);
        at = end;
        return true;
    }

    /// <summary>A run of the letters that secrets are written in.</summary>
    private bool Word()
    {
        if (!SecretForms.IsRun(text[at]))
            return false;
        var run = SecretForms.RunAt(Rest);
        at += run.Length;
        if (!SecretForms.IsSecret(run))
        {
            output.Append(run);
            Credentials(run);
            return true;
        }

        output.Append(Redaction.Secret(run));
        while (at < text.Length && text[at] == '=' && !IsNameAtEnd(run))
            at++;
        return true;
    }

    /// <summary>What stands behind the name of an authentication scheme.</summary>
    private void Credentials(ReadOnlySpan<char> scheme)
    {
        // What was hidden may have been such a name itself.
        while (!scheme.IsEmpty)
            scheme = HideAfter(scheme);
    }

    /// <returns>What was hidden; empty when nothing.</returns>
    private ReadOnlySpan<char> HideAfter(ReadOnlySpan<char> scheme)
    {
        var bearer = scheme.EndsWith("bearer", StringComparison.OrdinalIgnoreCase);
        if (!bearer && !scheme.EndsWith("basic", StringComparison.OrdinalIgnoreCase))
            return default;
        var value = Rest.TrimStart(' ');
        var spaces = Rest.Length - value.Length;
        value = value[..Token68(value)];
        value = EndsInName(value) ? value.TrimEnd('=') : value;

        // "Basic authentication" is said more often than it is sent.
        if (spaces == 0 || value.Length < ShortestCredentials || value.StartsWith(PemBegin.TrimEnd(), StringComparison.Ordinal)
            || (!bearer && !value.ContainsAnyExceptInRange('a', 'z')))
            return default;
        output.Append(' ', spaces).Append(Redaction.Secret(value));
        at += spaces + value.Length;
        return value;
    }

    /// <summary>The letters that credentials are written in, and their padding (RFC 9110 §11.2).</summary>
    private static int Token68(ReadOnlySpan<char> text)
    {
        var length = SecretForms.RunAt(text).Length;
        while (length > 0 && length < text.Length && text[length] == '=')
            length++;
        return length;
    }

    /// <summary>At the sign between a name and its value: what stands before it says what stands behind it.</summary>
    private bool NamedValue()
    {
        if (text[at] is not (':' or '='))
            return false;
        var kind = SensitiveNames.Of(NameBefore());
        if (kind is Sensitivity.None or Sensitivity.Email)
            return false;

        var start = at + 1;
        while (start < text.Length && text[start] is ' ' or '\t')
            start++;
        var open = start;
        while (start < text.Length && Quotes.Contains(text[start], StringComparison.Ordinal))
            start++;
        var value = text.AsSpan(start);
        if (value.StartsWith(PemBegin, StringComparison.Ordinal))
            return false;
        value = value[..(start > open ? QuotedLength(value, text.AsSpan(open, start - open)) : BareLength(value, kind))];
        value = SecretForms.BeforePem(value).TrimEnd();
        if (value.IsEmpty || IsScheme(value))
            return false;

        output.Append(text.AsSpan(at, start - at)).Append(Redaction.By(kind, value));
        at = start + value.Length;
        Credentials(value);
        return true;
    }

    /// <summary>Up to the quote that closes it. One that is escaped differently from the opening one is part of it.</summary>
    private static int QuotedLength(ReadOnlySpan<char> value, ReadOnlySpan<char> opening)
    {
        var quote = opening[^1];
        if (quote == '\\')
            return BareLength(value, Sensitivity.Secret);
        var isEscaped = opening.Length > 1 && opening[^2] == '\\';
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && !isEscaped)
                i++;
            else if (value[i] == quote && (!isEscaped || (i > 0 && value[i - 1] == '\\')) && !EndsInName(value[..i]))
                return isEscaped ? i - 1 : i;
        }

        return value.Length;
    }

    /// <summary>Whether a quote behind it opens a value of its own.</summary>
    private static bool EndsInName(ReadOnlySpan<char> text)
    {
        text = text.TrimEnd('\\');
        return text is [.. var name, '=' or ':'] && IsNameAtEnd(name);
    }

    private static bool IsNameAtEnd(ReadOnlySpan<char> name)
    {
        var start = name.Length;
        while (start > 0 && name.Length - start <= SensitiveNames.MaxLength && (char.IsLetterOrDigit(name[start - 1]) || name[start - 1] is '_' or '-'))
            start--;
        return SensitiveNames.Of(name[start..]) != Sensitivity.None;
    }

    private static int BareLength(ReadOnlySpan<char> value, Sensitivity kind)
    {
        var ends = kind == Sensitivity.Name ? NameEnds : ValueEnds;
        var length = 0;
        while (true)
        {
            var next = value[length..].IndexOfAny(ends);
            if (next < 0)
                return value.Length;
            length += next;

            // What seems to be the value is a name itself, with a quoted value of its own.
            if (value[length] is '"' or '\'' or '`' && EndsInName(value[..length]))
            {
                length++;
                length += QuotedLength(value[length..], value[..length]);
                continue;
            }

            // A number may be written in groups.
            if (kind != Sensitivity.Identifier || value[length] != ' ' || length + 1 >= value.Length || !char.IsDigit(value[length + 1]))
                return length;
            length++;
        }
    }

    private readonly ReadOnlySpan<char> NameBefore()
    {
        var end = at;
        while (end > 0 && at - end < 4 && (text[end - 1] is ' ' || Quotes.Contains(text[end - 1], StringComparison.Ordinal)))
            end--;
        var start = end;
        while (start > 0 && end - start <= SensitiveNames.MaxLength && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-'))
            start--;
        return text.AsSpan(start, end - start);
    }

    /// <summary>Its credentials are dealt with when the pass comes to it.</summary>
    private static bool IsScheme(ReadOnlySpan<char> value) =>
        value.Equals("bearer", StringComparison.OrdinalIgnoreCase) || value.Equals("basic", StringComparison.OrdinalIgnoreCase);

    /// <summary>The password in <c>scheme://user:password@host</c>.</summary>
    private bool UserInfo()
    {
        if (!Rest.StartsWith("://", StringComparison.Ordinal))
            return false;
        var authority = Rest[3..];
        var end = authority.IndexOfAny(AuthorityEnds);
        authority = end < 0 ? authority : authority[..end];
        var (sign, colon) = (authority.LastIndexOf('@'), authority.IndexOf(':'));
        if (sign < 0 || colon < 0 || colon + 1 >= sign)
            return false;
        output.Append(Rest[..(4 + colon)]).Append(Redaction.Secret(authority[(colon + 1)..sign]));
        at += 3 + sign;
        return true;
    }

    /// <summary>At the sign of an address: what came before it is in the output already.</summary>
    private bool Mail()
    {
        if (text[at] != '@' || !SecretForms.BeginsDomain(Rest[1..]))
            return false;
        var start = output.Length;
        while (start > 0 && (char.IsLetterOrDigit(output[start - 1]) || "._%+-*'".Contains(output[start - 1], StringComparison.Ordinal)))
            start--;
        if (start < output.Length && output[start] != '*')
        {
            output.Length = start + 1;
            output.Append("***");
        }

        output.Append(text[at++]);
        return true;
    }
}
