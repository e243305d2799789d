using System.Security.Cryptography;

namespace Tumbler.Engine;

/// <summary>Random bytes for ids. The CSPRNG takes as long for 16 bytes as for a thousand, and a token needs two ids: a thread draws a
/// block and hands out its bytes, each once.</summary>
/// <remarks>Never for keys: those are drawn when they are needed and stand nowhere before.</remarks>
internal sealed class IdBytes
{
    [ThreadStatic]
    private static IdBytes? own;

    private readonly byte[] block = new byte[1024];
    private int used;

    private IdBytes() => used = block.Length;

    public static void Fill(Span<byte> destination) => (own ??= new IdBytes()).Take(destination);

    private void Take(Span<byte> destination)
    {
        if (block.Length - used < destination.Length)
        {
            RandomNumberGenerator.Fill(block);
            used = 0;
        }

        var bytes = block.AsSpan(used, destination.Length);
        bytes.CopyTo(destination);
        bytes.Clear();
        used += destination.Length;
    }
}
