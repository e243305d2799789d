using System.Security.Cryptography;

namespace Tumbler.Engine;

/// <summary>The one seam over the system's cryptographic random numbers.</summary>
public static class Chance
{
    /// <summary>A version 4 UUID, all 122 free bits from the CSPRNG (RFC 9562 §5.4).</summary>
    public static Guid Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        IdBytes.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>True in so many cases.</summary>
    /// <param name="share">0 to 1: never, always.</param>
    public static bool Happens(double share)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        IdBytes.Fill(bytes);
        return BitConverter.ToUInt32(bytes) < share * (1L << 32);
    }

    public static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);

    /// <summary>Characters out of <paramref name="alphabet"/>, each as likely as any other.</summary>
    public static string Text(string alphabet, int length) => RandomNumberGenerator.GetString(alphabet, length);

    public static void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
