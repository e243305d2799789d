using Tumbler.Storage.Journal;

namespace Tumbler.Storage.Tests.Journal;

/// <summary>The real file, which counts its flushes, can hold them up, and can fail once in either way.</summary>
internal sealed class FaultyFile(IJournalFile file) : IJournalFile
{
    private volatile int flushes;

    public Fault? Next { get; set; }

    public int Flushes => flushes;

    /// <summary>Runs before each flush.</summary>
    public Action BeforeFlush { get; set; } = () => { };

    public void Append(ReadOnlySpan<byte> line)
    {
        if (Next == Fault.DidNotPersist)
            throw new IOException("No space left on device");
        file.Append(line);
    }

    public void Flush()
    {
        BeforeFlush();
        file.Flush();
        Interlocked.Increment(ref flushes);
        if (Next == Fault.DidPersist)
            throw new IOException("Input/output error");
    }

    public void Dispose() => file.Dispose();
}
