namespace Tumbler.Storage.Journal;

/// <summary>How many changes there were. One thread counts, any may look: what it has counted can be read.</summary>
internal sealed class ChangeCount
{
    private long last;

    public long Last => Volatile.Read(ref last);

    public void Add() => Volatile.Write(ref last, last + 1);
}
