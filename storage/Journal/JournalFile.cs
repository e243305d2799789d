using Microsoft.Win32.SafeHandles;

namespace Tumbler.Storage.Journal;

/// <summary>The file itself, by its handle: no buffer of ours is between a line and the system.</summary>
internal sealed class JournalFile(SafeFileHandle handle, long length) : IJournalFile
{
    private long length = length;

    public void Append(ReadOnlySpan<byte> line)
    {
        RandomAccess.Write(handle, line, length);
        length += line.Length;
    }

    public void Flush() => RandomAccess.FlushToDisk(handle);

    public void Dispose() => handle.Dispose();
}
