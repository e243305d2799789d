using System.Buffers.Text;
using Tumbler.Client.Tokens;

namespace Tumbler.Client.Keys;

/// <summary>The keys of an issuer in the order of its key set, which is the newest first at a Tumbler server. Never empty.</summary>
internal sealed class KeySet(IReadOnlyList<PublicKey> keys)
{
    // RSA with 8192 bits.
    private const int MaxSignature = 1024;

    private readonly PublicKey[] keys = [.. keys];

    public int Count => keys.Length;

    /// <summary>The names of those that have one.</summary>
    public string[] Kids { get; } = [.. keys.Select(key => key.Kid).OfType<string>()];

    /// <summary>By <c>kid</c> when the token names one and else all of them; a key without a name is tried for every token.</summary>
    public TokenFault FindSigner(in CompactJws jws, in JoseHeader header, JwsAlgorithm algorithm, out PublicKey? signer)
    {
        signer = null;
        if (jws.Signature.Length > Base64Url.GetEncodedLength(MaxSignature))
            return TokenFault.Malformed;
        Span<byte> signature = stackalloc byte[Base64Url.GetMaxDecodedLength(jws.Signature.Length)];
        if (!Base64UrlText.TryDecode(jws.Signature, signature, out var length))
            return TokenFault.Malformed;
        var (named, fits) = (false, false);
        foreach (var key in keys)
        {
            if (header.Kid is not null && key.Kid is not null && key.Kid != header.Kid)
                continue;
            named |= header.Kid is null || key.Kid is not null;
            if (!key.Fits(algorithm))
                continue;
            fits = true;
            if (!key.Verify(algorithm, jws.SigningInput, signature[..length]))
                continue;
            signer = key;
            return TokenFault.None;
        }

        // Of a key without a name nobody knows whether it is the one: a newer set may have that.
        return !named ? TokenFault.UnknownKey : fits ? TokenFault.BadSignature : TokenFault.AlgorithmNotAllowed;
    }
}
