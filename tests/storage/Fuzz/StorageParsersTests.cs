using Tumbler.Storage.Journal;
using Tumbler.Storage.Tests.Journal;
using Tumbler.Tests.Fuzz;

namespace Tumbler.Storage.Tests.Fuzz;

/// <summary>What reads what was stored, or comes back from outside, says yes or no.</summary>
public sealed class StorageParsersTests
{
    private static readonly AuditCursor Cursor = new(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"));

    [Fact]
    public void Cursors() => Fuzzer.Run(
        [Cursor.Write(AuditPlace.Start), Cursor.Write(new AuditPlace(7, [1, 2, 3]))],
        text => Assert.True(!Cursor.TryParse(text, out var place) || Cursor.Write(place) == text));

    [Fact]
    public async Task Journals()
    {
        using var good = new JournalFixture();
        var history = new History(seed: 31);
        for (var i = 0; i < 3; i++)
            await history.Save(good.Journal, History.Ring(i));
        var bytes = good.Bytes();

        Fuzzer.Run(
            [bytes],
            changed =>
            {
                using var damaged = new JournalFixture();
                File.WriteAllBytes(damaged.File, changed);
                damaged.OpenIfPossible()?.Dispose();
            },
            shortForm: 200);
    }

    [Fact]
    public void Lines_of_files() => Fuzzer.Run(
        ["a\nbb\n\nccc", "\n"],
        text => Assert.True(FileLine.ReadAll(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))).Sum(line => line.Bytes.Length + 1) >= text.Length));
}
