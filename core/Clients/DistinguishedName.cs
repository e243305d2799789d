using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tumbler.Core.Clients;

/// <summary>A certificate's subject: types as OIDs and their values, the most specific first, as RFC 4514 writes them. Equal when each of
/// them is, to the letter.</summary>
internal sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private const string Special = " \"#+,;<=>\\";

    // RFC 4514 §3, and two that certificates are full of.
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CN"] = "2.5.4.3",
        ["L"] = "2.5.4.7",
        ["ST"] = "2.5.4.8",
        ["O"] = "2.5.4.10",
        ["OU"] = "2.5.4.11",
        ["C"] = "2.5.4.6",
        ["STREET"] = "2.5.4.9",
        ["DC"] = "0.9.2342.19200300.100.1.25",
        ["UID"] = "0.9.2342.19200300.100.1.1",
        ["serialNumber"] = "2.5.4.5",
        ["emailAddress"] = "1.2.840.113549.1.9.1",
    };

    private readonly ImmutableArray<(string Type, string Value)> parts;

    private DistinguishedName(IEnumerable<(string Type, string Value)> parts) => this.parts = [.. parts];

    /// <summary>Null for one with several values at one place, which nobody can write here.</summary>
    public static DistinguishedName? Of(X500DistinguishedName name)
    {
        try
        {
            // In DER the most specific one is the last.
            return new DistinguishedName(name.EnumerateRelativeDistinguishedNames(reversed: true)
                .Select(part => (part.GetSingleElementType().Value!, part.GetSingleElementValue() ?? throw new CryptographicException())));
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>RFC 4514 §3 without <c>+</c> and <c>#hex</c>; spaces around a comma and an equals sign say nothing.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DistinguishedName? name)
    {
        var parts = new List<(string, string)>();
        name = null;
        for (var rest = text.AsSpan(); ;)
        {
            var equals = rest.IndexOf('=');
            if (equals < 0
                || TypeOf(rest[..equals].Trim(' ').ToString()) is not { } type
                || !TryValue(rest[(equals + 1)..].TrimStart(' '), out var value, out var length))
            {
                return false;
            }

            parts.Add((type, value));
            rest = rest[(equals + 1)..].TrimStart(' ')[length..];
            if (rest.IsEmpty)
                break;
            rest = rest[1..];
        }

        name = new DistinguishedName(parts);
        return true;
    }

    public bool Equals(DistinguishedName? other) => other is not null && parts.SequenceEqual(other.parts);

    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    public override int GetHashCode() => parts.Length;

    private static string? TypeOf(string text) => Types.TryGetValue(text, out var oid) ? oid
        : text.Contains('.', StringComparison.Ordinal) && text.All(c => char.IsAsciiDigit(c) || c == '.') ? text
        : null;

    /// <param name="length">Of what was read, up to a comma or the end.</param>
    private static bool TryValue(ReadOnlySpan<char> text, out string value, out int length)
    {
        var bytes = new List<byte>();
        var (significant, i) = (0, 0);
        value = "";
        length = 0;
        if (text.StartsWith("#"))
            return false;
        for (; i < text.Length && text[i] != ','; i++)
        {
            switch (text[i])
            {
                case '\\' when i + 1 < text.Length && Special.Contains(text[i + 1], StringComparison.Ordinal):
                    bytes.Add((byte)text[++i]);
                    significant = bytes.Count;
                    break;
                case '\\' when i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]):
                    bytes.Add(Convert.FromHexString(text.Slice(i + 1, 2))[0]);
                    i += 2;
                    significant = bytes.Count;
                    break;
                case '\\' or '"' or '+' or ';' or '<' or '>' or '\0':
                    return false;
                default:
                    var size = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                    bytes.AddRange(Encoding.UTF8.GetBytes(text.Slice(i, size).ToString()));
                    i += size - 1;
                    if (text[i] != ' ')
                        significant = bytes.Count;
                    break;
            }
        }

        value = Encoding.UTF8.GetString([.. bytes[..significant]]);
        length = i;
        return value.Length > 0;
    }
}
