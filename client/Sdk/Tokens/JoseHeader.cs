using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Tumbler.Client.Tokens;

/// <summary>What is used of a header (RFC 7515 §4.1). A key that the sender brings along or points to (<c>jwk</c>, <c>jku</c>, <c>x5c</c>,
/// <c>x5u</c>) is not looked at.</summary>
/// <param name="Algorithm">Null when it is none that could ever be accepted.</param>
internal readonly record struct JoseHeader(JwsAlgorithm? Algorithm, string? Type, string? Kid)
{
    /// <summary>Decoded. Real ones have a hundred bytes.</summary>
    private const int MaxSize = 1024;

    // The usual ones are here already: no token brings its own copy.
    private static readonly string[] Types = ["at+jwt", "JWT", "application/at+jwt", "revocations+jwt"];
    private static readonly string[] Algorithms = [.. JwsAlgorithm.All.Select(algorithm => algorithm.Name)];

    /// <param name="segment">In base64url.</param>
    /// <param name="kids">Those that are known, likewise.</param>
    public static bool TryRead(ReadOnlySpan<byte> segment, string[] kids, out JoseHeader header)
    {
        header = default;
        if (segment.Length > Base64Url.GetEncodedLength(MaxSize))
            return false;
        Span<byte> utf8 = stackalloc byte[Base64Url.GetMaxDecodedLength(segment.Length)];
        try
        {
            return Base64UrlText.TryDecode(segment, utf8, out var length) && Utf8.IsValid(utf8[..length]) && TryReadMembers(new Utf8JsonReader(utf8[..length]), kids, out header);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second comes from half a surrogate pair in an escape.
            return false;
        }
    }

    private static bool TryReadMembers(Utf8JsonReader json, string[] kids, out JoseHeader header)
    {
        header = default;
        string? algorithm = null, type = null, kid = null;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            // b64 changes what is signed, and crit says that there is something of the kind (RFC 7797 §3, RFC 7515 §4.1.11). Nothing of it
            // is understood here.
            if (json.ValueTextEquals("crit"u8) || json.ValueTextEquals("b64"u8))
                return false;
            var good = json.ValueTextEquals("alg"u8) ? TryText(ref json, Algorithms, ref algorithm)
                : json.ValueTextEquals("typ"u8) ? TryText(ref json, Types, ref type)
                : json.ValueTextEquals("kid"u8) ? TryText(ref json, kids, ref kid)
                : json.Read() && json.TrySkip();
            if (!good)
                return false;
        }

        if (algorithm is null || json.TokenType != JsonTokenType.EndObject || json.Read())
            return false;
        header = new JoseHeader(JwsAlgorithm.Find(algorithm), type, kid);
        return true;
    }

    /// <summary>A text, and the first of this name: two readers must not see two values (RFC 7515 §4).</summary>
    private static bool TryText(ref Utf8JsonReader json, string[] known, ref string? text)
    {
        if (text is not null || !json.Read() || json.TokenType != JsonTokenType.String)
            return false;
        foreach (var each in known)
        {
            if (json.ValueTextEquals(each))
            {
                text = each;
                return true;
            }
        }

        text = json.GetString();
        return true;
    }
}
