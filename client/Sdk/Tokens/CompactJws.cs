namespace Tumbler.Client.Tokens;

/// <summary>The three parts of a JWS (RFC 7515 §7.1). Nothing in it is believed yet.</summary>
internal readonly ref struct CompactJws
{
    private CompactJws(ReadOnlySpan<byte> text, int header, int signed)
    {
        Header = text[..header];
        SigningInput = text[..signed];
        Payload = text[(header + 1)..signed];
        Signature = text[(signed + 1)..];
    }

    public ReadOnlySpan<byte> Header { get; }

    public ReadOnlySpan<byte> SigningInput { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>Exactly three parts, none of them empty: an empty signature is <c>alg: none</c>'s.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> text, out CompactJws jws)
    {
        jws = default;
        var header = text.IndexOf((byte)'.');
        var signed = text.LastIndexOf((byte)'.');
        if (header <= 0 || signed <= header + 1 || signed == text.Length - 1 || text[(header + 1)..signed].Contains((byte)'.'))
            return false;
        jws = new CompactJws(text, header, signed);
        return true;
    }
}
