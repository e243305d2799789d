using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Core.Tokens;

/// <summary>A JWS in the compact form (RFC 7515 §3.1), taken apart; nothing in it is trusted yet.</summary>
public readonly ref struct CompactJws
{
    /// <summary>Bytes. nginx and Apache take no longer header line by default, so a longer bearer token gets nowhere;
    /// here it bounds what an unauthenticated sender can make us do.</summary>
    public const int MaxSize = 8 * 1024;

    private CompactJws(JwsHeader header, ReadOnlySpan<byte> signingInput, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        Header = header;
        SigningInput = signingInput;
        Payload = payload;
        Signature = signature;
    }

    public JwsHeader Header { get; }

    /// <summary>The bytes that are signed: header and payload segment with the dot between.</summary>
    public ReadOnlySpan<byte> SigningInput { get; }

    /// <summary>Still in base64url, not checked yet.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <inheritdoc cref="Payload"/>
    public ReadOnlySpan<byte> Signature { get; }

    /// <param name="fault"><see cref="TokenFault.Malformed"/> or <see cref="TokenFault.AlgorithmNotAllowed"/>.</param>
    public static bool TryParse(ReadOnlySpan<byte> token, out CompactJws jws, [NotNullWhen(false)] out TokenFault? fault)
    {
        jws = default;
        fault = TokenFault.Malformed;
        if (token.Length > MaxSize)
            return false;

        Span<Range> segments = stackalloc Range[4];
        var count = 0;
        foreach (var segment in token.Split((byte)'.'))
        {
            var (_, length) = segment.GetOffsetAndLength(token.Length);
            if (count == 3 || length == 0)
                return false;
            segments[count++] = segment;
        }

        if (count != 3 || !JwsHeader.TryParse(token[segments[0]], out var header, out fault))
            return false;

        jws = new CompactJws(header, token[..segments[1].End.Value], token[segments[1]], token[segments[2]]);
        return true;
    }
}
