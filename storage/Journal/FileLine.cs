namespace Tumbler.Storage.Journal;

/// <param name="Number">1 for the first.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Bytes">Without the line feed. Valid until the next line is read.</param>
/// <param name="Ended">By a line feed, not by the end of the file.</param>
internal readonly record struct FileLine(long Number, long Offset, ReadOnlyMemory<byte> Bytes, bool Ended)
{
    /// <summary>Reads a file of any size with memory for its longest line.</summary>
    public static IEnumerable<FileLine> ReadAll(Stream file)
    {
        var buffer = new byte[64 * 1024];
        var (start, end, number, offset) = (0, 0, 0L, 0L);
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf(JournalLine.End);
            if (length >= 0)
            {
                yield return new FileLine(++number, offset, buffer.AsMemory(start, length), Ended: true);
                (start, offset) = (start + length + 1, offset + length + 1);
                continue;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
            var read = file.Read(buffer, end, buffer.Length - end);
            if (read == 0)
                break;
            end += read;
        }

        if (end > 0)
            yield return new FileLine(++number, offset, buffer.AsMemory(0, end), Ended: false);
    }
}
