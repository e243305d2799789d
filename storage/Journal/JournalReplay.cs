using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tumbler.Storage.Journal.Rows;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal;

/// <summary>What a journal's file says.</summary>
internal sealed class JournalReplay
{
    private FileLine? torn;

    private JournalReplay(Guid journal, long length) => (Journal, Length) = (journal, length);

    public Guid Journal { get; }

    public JournalState State { get; } = new();

    /// <summary>The number of the last whole batch.</summary>
    public long Batch { get; private set; }

    /// <summary>Where the whole lines end.</summary>
    public long Length { get; private set; }

    /// <summary>Behind them lies a line that a crash tore. Nobody was told of its changes: that takes a flush of all of it.</summary>
    public bool Torn => torn is not null;

    /// <summary>Reads from the beginning. Only the last line can be torn, because each is flushed before the next is
    /// written. Anything wrong further up is damage, and what it hides nobody can know.</summary>
    /// <param name="damage">What is wrong, with line and byte.</param>
    public static bool TryRead(
        Stream file, [NotNullWhen(true)] out JournalReplay? replay, [NotNullWhen(false)] out string? damage)
    {
        replay = null;
        damage = "The file is empty; a journal begins with a header.";
        foreach (var line in FileLine.ReadAll(file))
        {
            damage = replay is null ? TryBegin(line, out replay) : replay.Take(line);
            if (damage is not null)
                return false;
        }

        return replay is not null;
    }

    private static string? TryBegin(FileLine line, out JournalReplay? replay)
    {
        replay = null;
        if (!IsWhole(line))
            return Damaged(line);
        if (!TryParse(line, RowJson.Default.HeaderRow, out var header, out var problem))
            return problem;
        if (header.Format != HeaderRow.CurrentFormat)
            return At(line, $"format {header.Format} is not known; this version reads format {HeaderRow.CurrentFormat}");

        replay = new JournalReplay(header.Journal, EndOf(line));
        return null;
    }

    private string? Take(FileLine line)
    {
        if (torn is { } broken)
            return Damaged(broken);
        if (!IsWhole(line))
        {
            if (JournalLine.HidesAnother(line.Bytes.Span))
                return Damaged(line);
            torn = line;
            return null;
        }

        if (!TryParse(line, RowJson.Default.BatchRow, out var batch, out var problem))
            return problem;
        if (batch.Batch != Batch + 1)
            return At(line, $"it holds batch {batch.Batch}, but batch {Batch + 1} comes here: lines are missing or moved");

        try
        {
            foreach (var commit in batch.Commits)
                State.Apply(commit);
        }
        catch (FormatException e)
        {
            return At(line, e.Message);
        }

        (Batch, Length) = (batch.Batch, EndOf(line));
        return null;
    }

    private static bool IsWhole(FileLine line) => line.Ended && JournalLine.IsWhole(line.Bytes.Span);

    private static long EndOf(FileLine line) => line.Offset + line.Bytes.Length + 1;

    private static bool TryParse<T>(
        FileLine line, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? row, [NotNullWhen(false)] out string? problem)
        where T : class
    {
        (row, problem) = (null, null);
        try
        {
            row = JsonSerializer.Deserialize(line.Bytes.Span, type);
        }
        catch (JsonException e)
        {
            // Its checksum is right, so it is what somebody wrote. The message would quote it; the path does not.
            problem = At(line, $"it is whole but not understood, at {e.Path ?? "its beginning"}; a newer version may have written it");
        }

        problem ??= row is null ? At(line, "it says nothing") : null;
        return row is not null;
    }

    private static string Damaged(FileLine line) => At(line, "its checksum is wrong");

    private static string At(FileLine line, string problem) => $"Line {line.Number}, at byte {line.Offset}: {problem}.";
}
