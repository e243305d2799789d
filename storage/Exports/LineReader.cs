namespace Tumbler.Storage.Exports;

/// <summary>Reads a file of any size line by line, in constant memory.</summary>
internal sealed class LineReader(Stream file, Action<ReadOnlyMemory<byte>>? see = null)
{
    /// <summary>An entry of ours takes a kilobyte; one with all that a request may hold, a hundred.</summary>
    private const int MaxLine = 1024 * 1024;

    /// <summary>Of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Why it went no further than that line.</summary>
    public string? Problem { get; private set; }

    /// <summary>Each valid until the next is read.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Lines()
    {
        var buffer = new byte[MaxLine];
        var (start, end) = (0, 0);
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                Number++;
                yield return buffer.AsMemory(start, length);
                start += length + 1;
                continue;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
            {
                Stop("The line is too long to be one of ours.");
                yield break;
            }

            var read = file.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                if (end > 0)
                    Stop("The line is cut off: the file ends in it.");
                yield break;
            }

            see?.Invoke(buffer.AsMemory(end, read));
            end += read;
        }
    }

    /// <summary>For whoever can't make sense of the line.</summary>
    public void Refuse(string problem) => Problem = problem;

    private void Stop(string problem)
    {
        Number++;
        Problem = problem;
    }
}
