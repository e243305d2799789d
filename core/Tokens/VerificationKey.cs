using System.Security.Cryptography;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Tokens;

/// <summary>A public key that verifies, from any number of threads at once.</summary>
public sealed class VerificationKey : IDisposable
{
    private readonly SignatureScheme scheme;
    private readonly HandlePool handles;
    private readonly int signatureSize;

    internal VerificationKey(Kid kid, SignatureScheme scheme, Func<AsymmetricAlgorithm> import)
    {
        this.scheme = scheme;
        (Kid, KidText) = (kid, kid.ToString());
        var handle = import();
        signatureSize = scheme.SignatureSize(handle);
        handles = new HandlePool(handle, import);
    }

    public Kid Kid { get; }

    public JwsAlgorithm Algorithm => scheme.Algorithm;

    /// <summary>As a token's header must spell it: a <c>kid</c> is compared case-sensitively (RFC 7517 §4.5).</summary>
    internal string KidText { get; }

    /// <summary>False for a signature of any other length or form too; never throws because of one.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != signatureSize)
            return false;

        using var lease = handles.Take();
        return scheme.Verify(lease.Handle, data, signature);
    }

    public void Dispose() => handles.Dispose();
}
