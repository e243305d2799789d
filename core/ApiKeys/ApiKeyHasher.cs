using System.Security.Cryptography;
using System.Text;

namespace Tumbler.Core.ApiKeys;

/// <summary>Hashes API keys with a secret of the installation (HMAC-SHA256), so that a stolen store cannot even be
/// searched for a key. A password hash is not needed: a key is 190 random bits, not a word somebody chose.</summary>
public sealed class ApiKeyHasher
{
    /// <summary>As long as the hash: a shorter key would be the weakest part (RFC 2104 §3).</summary>
    public const int MinKeyLength = SHA256.HashSizeInBytes;

    // To set it up with the key takes longer than to hash with it, so a thread keeps the one of the hasher that it used last: a process
    // has one.
    [ThreadStatic]
    private static (ApiKeyHasher Of, IncrementalHash Mac)? own;

    private readonly byte[] key;

    /// <exception cref="ArgumentException">Shorter than <see cref="MinKeyLength"/> bytes.</exception>
    public ApiKeyHasher(ReadOnlySpan<byte> key)
    {
        if (key.Length < MinKeyLength)
            throw new ArgumentException($"The API-key hash key must have at least {MinKeyLength} bytes.", nameof(key));
        this.key = key.ToArray();
    }

    // Keeps these hashes apart from every other use that the same secret may be put to.
    private static ReadOnlySpan<byte> Domain => "tumbler api key\0"u8;

    /// <summary>Allocates nothing.</summary>
    public ApiKeyHash Hash(ApiKeyText text)
    {
        Span<byte> input = stackalloc byte[Domain.Length + ApiKeyText.MaxLength];
        Domain.CopyTo(input);
        var length = Domain.Length + Encoding.ASCII.GetBytes(text.Reveal(), input[Domain.Length..]);

        Span<byte> hash = stackalloc byte[ApiKeyHash.Length];
        var mac = Mac();
        mac.AppendData(input[..length]);
        mac.GetHashAndReset(hash);
        CryptographicOperations.ZeroMemory(input);
        return new ApiKeyHash(hash);
    }

    private IncrementalHash Mac()
    {
        if (own is { } mine && mine.Of == this)
            return mine.Mac;
        own?.Mac.Dispose();
        own = (this, IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));
        return own.Value.Mac;
    }

    public override string ToString() => "ApiKeyHasher ****";
}
