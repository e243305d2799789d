using System.Security.Cryptography;

namespace Tumbler.Core.Audit;

/// <summary>The key behind every entry's MAC. Who can write to the log but lacks it cannot forge an entry.</summary>
public sealed class AuditKey
{
    /// <summary>As long as the hash: a shorter key would be the weakest part of the MAC (RFC 2104 §3).</summary>
    public const int MinLength = SHA256.HashSizeInBytes;

    private readonly byte[] key;

    /// <exception cref="ArgumentException">Shorter than <see cref="MinLength"/> bytes.</exception>
    public AuditKey(ReadOnlySpan<byte> key)
    {
        if (key.Length < MinLength)
            throw new ArgumentException($"The audit key must have at least {MinLength} bytes.", nameof(key));
        this.key = key.ToArray();
    }

    /// <summary>Lower-case hex.</summary>
    internal string Mac(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(HMACSHA256.HashData(key, hash));

    public override string ToString() => "AuditKey ****";
}
