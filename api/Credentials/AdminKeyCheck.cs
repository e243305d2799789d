using System.Security.Cryptography;
using System.Text;

namespace Tumbler.Api.Credentials;

/// <summary>Recognises the administrators' key without keeping it.</summary>
public sealed class AdminKeyCheck
{
    private readonly byte[] digest;

    private AdminKeyCheck(byte[] digest) => this.digest = digest;

    public static AdminKeyCheck For(string key) => new(Digest(key));

    /// <summary>Takes as long for a near miss as for nonsense: what is compared are hashes, in constant time.</summary>
    public bool Accepts(string presented) => CryptographicOperations.FixedTimeEquals(Digest(presented), digest);

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
