using System.Text;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests.Journal;

public sealed class JournalRecoveryTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly JournalFixture fixture = new();
    private readonly History history = new(seed: 3);

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_line_torn_at_any_byte_is_dropped_and_kept_aside()
    {
        // A short last line: every one of its bytes costs a start with its flushes.
        var before = await history.Save(fixture.Journal, RingId.Default);
        var (next, entries) = history.Audited(before.State);
        await fixture.Journal.Rings.Save(next, before.Version, entries, Go);
        var bytes = fixture.Bytes();
        var last = JournalFixture.LineOffsets(bytes)[^2];

        for (var length = last; length < bytes.Length; length++)
        {
            var torn = bytes[last..length];
            Start(bytes[..length]);

            Assert.Equal(Shape.Of(before.State), Shape.Of((await fixture.Open().Rings.Load(RingId.Default, Go))!.State));
            Assert.Equal(bytes[..last], fixture.Bytes());
            Assert.Equal(torn.Length > 0, fixture.Log.Lines.Any(line => line.Level == LogLevel.Warning));
            if (torn.Length > 0)
                Assert.Equal(torn, File.ReadAllBytes(Path.Combine(fixture.Directory, $"journal.torn-{last}")));
        }
    }

    [Fact]
    public async Task After_a_torn_line_the_journal_goes_on()
    {
        var (states, bytes, lines) = await Written(3);
        Start(bytes[..^1]);
        var next = await history.Save(fixture.Open(), RingId.Default);
        Assert.Equal(states[^1].Version, next.Version);

        fixture.Restart();

        Assert.Equal(Shape.Of(next.State), Shape.Of((await fixture.Journal.Rings.Load(RingId.Default, Go))!.State));
        Start([.. fixture.Bytes()[..lines[^2]], .. "{\"crc\":"u8]);
        File.WriteAllText(Path.Combine(fixture.Directory, $"journal.torn-{lines[^2]}"), "older");
        fixture.Open();
        Assert.Equal("older", File.ReadAllText(Path.Combine(fixture.Directory, $"journal.torn-{lines[^2]}")));
        Assert.Equal("{\"crc\":", File.ReadAllText(Path.Combine(fixture.Directory, $"journal.torn-{lines[^2]}-2")));
    }

    [Fact]
    public async Task Pages_of_the_last_line_that_were_never_written_are_a_torn_line()
    {
        var (states, bytes, lines) = await Written(3);
        bytes.AsSpan(lines[^2] + 100, 200).Clear();
        Start(bytes);

        Assert.Equal(Shape.Of(states[^2].State), Shape.Of((await fixture.Open().Rings.Load(RingId.Default, Go))!.State));
    }

    [Fact]
    public async Task A_line_damaged_further_up_is_refused_and_nothing_is_touched()
    {
        var (_, bytes, lines) = await Written(6);

        // Each line but the last, at its beginning, in its middle and at its line feed.
        foreach (var (index, (start, end)) in lines[..^2].Zip(lines[1..]).Index())
        {
            foreach (var at in (int[])[start, start + 10, (start + end) / 2, end - 2, end - 1])
                AssertRefused(With(bytes, at, (byte)(bytes[at] ^ 1)), line: index + 1, start);
        }
    }

    [Fact]
    public async Task Any_flipped_bit_but_in_the_last_line_is_refused()
    {
        var (_, bytes, lines) = await Written(6);
        var random = new Random(4);

        for (var i = 0; i < 2000; i++)
        {
            var at = random.Next(lines[^2]);
            Start(With(bytes, at, (byte)(bytes[at] ^ (1 << random.Next(8)))));
            Assert.Contains("checksum", fixture.Refusal(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Any_flipped_bit_in_the_last_line_makes_it_a_torn_one()
    {
        var (states, bytes, lines) = await Written(3);
        var random = new Random(5);

        for (var i = 0; i < 300; i++)
        {
            var at = random.Next(lines[^2], bytes.Length);
            Start(With(bytes, at, (byte)(bytes[at] ^ (1 << random.Next(8)))));

            // A bit can turn a byte into a line feed; then there are two broken lines, which is more than a crash leaves.
            if (fixture.OpenIfPossible() is { } journal)
                Assert.Equal(Shape.Of(states[^2].State), Shape.Of((await journal.Rings.Load(RingId.Default, Go))!.State));
        }
    }

    [Fact]
    public async Task A_missing_a_doubled_and_a_moved_line_are_refused()
    {
        var (_, bytes, lines) = await Written(5);
        byte[] Line(int index) => bytes[lines[index]..lines[index + 1]];

        AssertRefused([.. Line(0), .. Line(1), .. Line(3), .. Line(4)], line: 3, lines[2], "missing or moved");
        AssertRefused([.. Line(0), .. Line(1), .. Line(1), .. Line(2)], line: 3, lines[2], "missing or moved");
        AssertRefused([.. Line(0), .. Line(2), .. Line(1), .. Line(3)], line: 2, lines[1], "missing or moved");
        AssertRefused([.. Line(1), .. Line(2)], line: 1, 0, "not understood");
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        Start([]);
        Assert.Contains("empty", fixture.Refusal(), StringComparison.Ordinal);
        Assert.Empty(File.ReadAllBytes(fixture.File));
    }

    [Theory]
    [InlineData("\"format\":2,\"journal\":\"0d0f1d1c-7b8b-4a36-9d5a-0c3e8f9f7a11\"}", "format 2")]
    [InlineData("\"format\":1,\"journal\":\"0d0f1d1c-7b8b-4a36-9d5a-0c3e8f9f7a11\",\"more\":1}", "newer version")]
    [InlineData("\"format\":1}", "newer version")]
    public void A_header_of_another_version_is_refused(string rest, string problem)
    {
        Start(Checked(rest));
        Assert.Contains(problem, fixture.Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"batch\":1,\"commits\":[],\"more\":1}")]
    [InlineData("\"batch\":1,\"commits\":[{\"audit\":[],\"ring\":null,\"organization\":null,\"more\":1}]}")]
    [InlineData("\"batch\":1,\"batch\":1,\"commits\":[]}")]
    [InlineData("\"batch\":1}")]
    public void A_line_with_unknown_missing_or_doubled_members_is_refused_although_it_is_the_last(string rest)
    {
        var header = Checked("\"format\":1,\"journal\":\"0d0f1d1c-7b8b-4a36-9d5a-0c3e8f9f7a11\"}");
        Start([.. header, .. Checked(rest)]);
        Assert.Contains($"Line 2, at byte {header.Length}: it is whole but not understood", fixture.Refusal(), StringComparison.Ordinal);
    }

    private async Task<(List<Stored<KeyRing>> States, byte[] Bytes, int[] Lines)> Written(int count)
    {
        var states = new List<Stored<KeyRing>>();
        for (var i = 0; i < count; i++)
            states.Add(await history.Save(fixture.Journal, RingId.Default));
        var bytes = fixture.Bytes();
        return (states, bytes, JournalFixture.LineOffsets(bytes));
    }

    /// <summary>Leaves nothing in the directory but a journal of these bytes.</summary>
    private void Start(byte[] bytes)
    {
        fixture.Close();
        fixture.Log.Lines.Clear();
        foreach (var file in Directory.GetFiles(fixture.Directory))
            File.Delete(file);
        File.WriteAllBytes(fixture.File, bytes);
    }

    private void AssertRefused(byte[] bytes, int line, int offset, string problem = "")
    {
        Start(bytes);
        var message = fixture.Refusal();
        Assert.Contains($"Line {line}, at byte {offset}: ", message, StringComparison.Ordinal);
        Assert.Contains(fixture.File, message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(fixture.File));
        Assert.Equal(["journal.jsonl", "journal.lock"], Directory.GetFiles(fixture.Directory).Select(Path.GetFileName).Order());
    }

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] = value;
        return changed;
    }

    /// <summary>A line with the right checksum, computed bit by bit.</summary>
    private static byte[] Checked(string rest)
    {
        var crc = uint.MaxValue;
        foreach (var b in Encoding.UTF8.GetBytes(rest))
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0x82f63b78);
        }

        return Encoding.UTF8.GetBytes($"{{\"crc\":\"{~crc:x8}\",{rest}\n");
    }
}
