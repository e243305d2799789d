using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Tokens;

/// <summary>What is used of a JOSE header (RFC 7515 §4.1). Keys that a header brings or points to (<c>jwk</c>,
/// <c>jku</c>, <c>x5c</c>, <c>x5u</c>) are never looked at: the sender doesn't choose whom we trust.</summary>
/// <param name="Type"><c>typ</c> as it was sent.</param>
/// <param name="Kid">As it was sent; not necessarily one of ours.</param>
public sealed record JwsHeader(JwsAlgorithm Algorithm, string? Type, string? Kid)
{
    // None is understood, so none may be there: crit itself (RFC 7515 §4.1.11) and b64, which changes what is signed
    // and is useless without crit (RFC 7797 §6).
    private static readonly string[] Extensions = ["crit", "b64"];

    internal static bool TryParse(
        ReadOnlySpan<byte> segment, [NotNullWhen(true)] out JwsHeader? header, [NotNullWhen(false)] out TokenFault? fault)
    {
        (header, fault) = (null, TokenFault.Malformed);
        var utf8 = new byte[Base64Url.GetMaxDecodedLength(segment.Length)];
        if (!StrictBase64Url.TryDecode(segment, utf8, out var length)
            || !StrictJson.TryParseObject(utf8.AsMemory(0, length), out var document))
        {
            return false;
        }

        using (document)
            return TryRead(document.RootElement, out header, out fault);
    }

    private static bool TryRead(
        JsonElement json, [NotNullWhen(true)] out JwsHeader? header, [NotNullWhen(false)] out TokenFault? fault)
    {
        (header, fault) = (null, TokenFault.Malformed);
        if (Extensions.Any(member => json.TryGetProperty(member, out _))
            || json.Text("alg") is not { } alg
            || !TryReadOptional(json, "typ", out var type)
            || !TryReadOptional(json, "kid", out var kid))
        {
            return false;
        }

        if (!SignatureScheme.TryFind(alg, out var scheme))
        {
            fault = TokenFault.AlgorithmNotAllowed;
            return false;
        }

        (header, fault) = (new JwsHeader(scheme.Algorithm, type, kid), null);
        return true;
    }

    private static bool TryReadOptional(JsonElement json, string member, out string? text)
    {
        text = json.Text(member);
        return text is not null || !json.TryGetProperty(member, out _);
    }
}
