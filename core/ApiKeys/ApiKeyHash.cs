using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Tumbler.Core.ApiKeys;

/// <summary>What is stored of an API key: its keyed hash. Equality takes the same time wherever two hashes differ.</summary>
public readonly struct ApiKeyHash : IEquatable<ApiKeyHash>
{
    public const int Length = HMACSHA256.HashSizeInBytes;

    [InlineArray(Length)]
    private struct Buffer
    {
        private byte first;
    }

    private readonly Buffer bytes;

    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public ApiKeyHash(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != Length)
            throw new ArgumentException($"An API key's hash has {Length} bytes.", nameof(hash));
        hash.CopyTo(bytes);
    }

    /// <summary>16 hex digits that tell keys apart and say nothing about them.</summary>
    public string Fingerprint => Convert.ToHexStringLower(((ReadOnlySpan<byte>)bytes)[..8]);

    /// <summary>The form that is stored: 64 lower-case hex digits.</summary>
    public string ToHex() => Convert.ToHexStringLower(bytes);

    public static bool TryParse([NotNullWhen(true)] string? hex, out ApiKeyHash hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var valid = hex?.Length == 2 * Length
            && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        hash = valid ? new ApiKeyHash(bytes) : default;
        return valid;
    }

    public static ApiKeyHash Parse(string hex) =>
        TryParse(hex, out var hash) ? hash : throw new FormatException("This is no API key hash.");

    public bool Equals(ApiKeyHash other) => CryptographicOperations.FixedTimeEquals(bytes, other.bytes);

    public override bool Equals(object? obj) => obj is ApiKeyHash other && Equals(other);

    // The first bytes of a keyed hash are as good as random, and no caller can choose them.
    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(bytes);

    public static bool operator ==(ApiKeyHash left, ApiKeyHash right) => left.Equals(right);

    public static bool operator !=(ApiKeyHash left, ApiKeyHash right) => !left.Equals(right);

    public override string ToString() => Fingerprint;
}
