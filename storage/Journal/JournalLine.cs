using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Tumbler.Storage.Journal;

/// <summary>A line: <c>{"crc":"89abcdef",</c>, the rest of a JSON object, and a line feed. The CRC-32C (Castagnoli, RFC
/// 3720 appendix B.4), 8 lower-case hex digits, covers the rest with its closing brace. It tells a write that was torn by a
/// crash from a whole one; against tampering stands the audit chain.</summary>
internal static class JournalLine
{
    public const byte End = (byte)'\n';

    private const int CrcLength = 8;

    private static ReadOnlySpan<byte> Before => "{\"crc\":\""u8;

    private static ReadOnlySpan<byte> After => "\","u8;

    private static int RestStart => Before.Length + CrcLength + After.Length;

    /// <summary>The header's line.</summary>
    public static byte[] Header(int format, Guid journal) =>
        Line(rest => rest.AddRange(Encoding.ASCII.GetBytes($"\"format\":{format},\"journal\":\"{journal:D}\"}}")));

    /// <param name="commits">JSON of each commit, without line feeds.</param>
    public static byte[] Batch(long batch, IEnumerable<byte[]> commits) => Line(rest =>
    {
        rest.AddRange(Encoding.ASCII.GetBytes($"\"batch\":{batch.ToString(CultureInfo.InvariantCulture)},\"commits\":["));
        var first = true;
        foreach (var commit in commits)
        {
            if (!first)
                rest.Add((byte)',');
            first = false;
            rest.AddRange(commit);
        }

        rest.AddRange("]}"u8);
    });

    /// <summary>Whether these are the bytes that were once written.</summary>
    /// <param name="line">Without the line feed.</param>
    public static bool IsWhole(ReadOnlySpan<byte> line)
    {
        if (line.Length <= RestStart || !line.StartsWith(Before) || !line[..RestStart].EndsWith(After))
            return false;

        // Compared as text: an upper-case digit is a flipped bit too.
        Span<byte> crc = stackalloc byte[CrcLength];
        WriteCrc(line[RestStart..], crc);
        return line.Slice(Before.Length, CrcLength).SequenceEqual(crc);
    }

    /// <summary>Whether another line begins after the first byte: then the line feed between the two is damaged. JSON escapes
    /// quotes, so no text in a line looks like this.</summary>
    public static bool HidesAnother(ReadOnlySpan<byte> line) => line.LastIndexOf(Before) > 0;

    private static byte[] Line(Action<List<byte>> writeRest)
    {
        var line = new List<byte>(1024);
        line.AddRange(Before);
        CollectionsMarshal.SetCount(line, Before.Length + CrcLength);
        line.AddRange(After);
        writeRest(line);

        var bytes = CollectionsMarshal.AsSpan(line);
        WriteCrc(bytes[RestStart..], bytes.Slice(Before.Length, CrcLength));
        line.Add(End);
        return [.. line];
    }

    private static void WriteCrc(ReadOnlySpan<byte> rest, Span<byte> hex)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(rest))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var b in rest[(rest.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, b);
        (~crc).TryFormat(hex, out _, "x8", CultureInfo.InvariantCulture);
    }
}
