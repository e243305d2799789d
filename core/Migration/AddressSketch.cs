using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Tumbler.Core.Migration;

/// <summary>About how many different addresses there were, in 256 bytes, whoever saw them: linear counting (Whang, Vander-Zanden and Taylor,
/// 1990). Each address sets one bit of 2,048; the bits that are left say how many there were.</summary>
public static class AddressSketch
{
    public const int Bytes = 256;

    private const int Bits = Bytes * 8;

    public static byte[] Empty() => new byte[Bytes];

    public static void Add(byte[] sketch, string address)
    {
        var bit = Bit(address);
        sketch[bit / 8] |= (byte)(1 << (bit % 8));
    }

    /// <summary>Out of base64; an empty one when another version made something else of it.</summary>
    public static byte[] Parse(string text)
    {
        var sketch = Empty();
        return Convert.TryFromBase64String(text, sketch, out var length) && length == Bytes ? sketch : Empty();
    }

    /// <summary>What both have seen.</summary>
    public static byte[] Union(byte[] one, byte[] other) => [.. one.Zip(other, (a, b) => (byte)(a | b))];

    public static int Count(byte[] sketch)
    {
        var empty = Bits - sketch.Sum(bits => BitOperations.PopCount(bits));
        return (int)Math.Round(-Bits * Math.Log(Math.Max(empty, 1) / (double)Bits));
    }

    /// <summary>The same on every node.</summary>
    private static int Bit(string address)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(address), hash);
        return (hash[0] | hash[1] << 8) % Bits;
    }
}
