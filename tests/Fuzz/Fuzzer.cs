using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tumbler.Tests.Fuzz;

/// <summary>Feeds a parser with what becomes of good inputs in careless or evil hands. Always the same inputs in the same order:
/// the short form takes the first of them, the long form as many as fit into its time.</summary>
internal static class Fuzzer
{
    private const int Seed = 7_519;
    private const int ShortForm = 3_000;

    /// <summary>What a parser may allocate beside what its input is worth.</summary>
    private const int Allocation = 1 << 20;

    private const long AllocationPerByte = 1024;
    private const int MostBytes = 20_000;

    /// <summary>Thirty parsers in ten minutes.</summary>
    private static readonly TimeSpan LongForm = TimeSpan.FromSeconds(20);

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", "\\", ":", ",", ".", "..", "=", "==", "&", "%", "%00", "%zz", "+", "-", "_", "/", ";", " ", "\t", "\r\n", "\n\n",
            "null", "true", "1e999", "-1", "99999999999999999999", "0.1", "\\u0000", "\\ud800", "\\", "\u2028", "\u202e", "é", "🔑", "a\u0301",
            "{\"a\":", "[[[[[[[[", "-----BEGIN", "T", "P", "PT", "Z", "::", "0x", "/33", "/129",
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x80], [0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
    ];

    private static bool IsLong => Environment.GetEnvironmentVariable("TUMBLER_TEST_LONG") == "1";

    public static void Run(IEnumerable<string> seeds, Action<string> parse, int shortForm = ShortForm) =>
        Run(seeds.Select(Encoding.UTF8.GetBytes), bytes => parse(Encoding.UTF8.GetString(bytes)), shortForm);

    /// <param name="seeds">Good inputs.</param>
    /// <param name="parse">Takes anything: an exception is a fault.</param>
    public static void Run(IEnumerable<byte[]> seeds, Action<byte[]> parse, int shortForm = ShortForm)
    {
        var (random, good) = (new Random(Seed), seeds.ToArray());
        foreach (var seed in good)
            Try(parse, seed);
        var running = Stopwatch.StartNew();
        for (var i = 0; IsLong ? running.Elapsed < LongForm : i < shortForm; i++)
        {
            var input = good[random.Next(good.Length)];
            for (var change = random.Next(1, 5); change > 0; change--)
                input = Mutated(input, good, random);
            Try(parse, input);
        }
    }

    private static void Try(Action<byte[]> parse, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            parse(input);
        }
        catch (Exception e)
        {
            Assert.Fail($"{e}\nwith {Convert.ToBase64String(input)}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(
            allocated < Allocation + AllocationPerByte * input.Length,
            string.Create(CultureInfo.InvariantCulture, $"{allocated} bytes for {input.Length}: {Convert.ToBase64String(input)}"));
    }

    private static byte[] Mutated(byte[] input, byte[][] good, Random random)
    {
        var (at, other) = (random.Next(input.Length + 1), good[random.Next(good.Length)]);
        var (start, count) = (Math.Min(at, Math.Max(0, input.Length - 1)), random.Next(1, 9));
        var end = Math.Min(input.Length, start + count);
        byte[] changed = random.Next(8) switch
        {
            0 when input.Length > 0 => [.. input[..start], (byte)(input[start] ^ 1 << random.Next(8)), .. input[(start + 1)..]],
            1 when input.Length > 0 => [.. input[..start], (byte)random.Next(256), .. input[(start + 1)..]],
            2 => [.. input[..start], .. input[end..]],
            3 => input[..at],
            4 => [.. input[..at], .. Pieces[random.Next(Pieces.Length)], .. input[at..]],
            5 => [.. input[..at], .. other[random.Next(other.Length + 1)..]],
            6 => [.. input[..at], .. Enumerable.Repeat(input[start..end], random.Next(1, 200)).SelectMany(each => each), .. input[at..]],
            _ => [.. input[..start], .. Pieces[random.Next(Pieces.Length)], .. input[end..]],
        };
        return changed.Length > MostBytes ? changed[..MostBytes] : changed;
    }
}
