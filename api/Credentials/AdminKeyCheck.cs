using System.Security.Cryptography;
using System.Text;

namespace Tumbler.Api.Credentials;

/// <summary>Recognises the administrators' keys without keeping them: more than one while they change from one to the next.</summary>
public sealed class AdminKeyCheck
{
    private volatile byte[][] digests;

    private AdminKeyCheck(byte[][] digests) => this.digests = digests;

    public static AdminKeyCheck For(params IEnumerable<string> keys) => new(Digests(keys));

    /// <summary>From now on these and no others.</summary>
    public void Replace(IEnumerable<string> keys) => digests = Digests(keys);

    /// <summary>Takes as long for a near miss as for nonsense, and as long for one key as for another: what is compared are hashes, all
    /// of them, in constant time.</summary>
    public bool Accepts(string presented)
    {
        var digest = Digest(presented);
        var accepted = false;
        foreach (var known in digests)
            accepted |= CryptographicOperations.FixedTimeEquals(digest, known);
        return accepted;
    }

    private static byte[][] Digests(IEnumerable<string> keys) => [.. keys.Select(Digest)];

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
