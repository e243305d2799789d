namespace Tumbler.Storage.Journal;

/// <summary>The end of the journal's file. A border of its own, because what happens behind it can fail in two ways, with
/// the line kept or without, and the store must be right after both.</summary>
internal interface IJournalFile : IDisposable
{
    /// <summary>Hands the line to the operating system, all of it.</summary>
    /// <exception cref="IOException">Any part of it may have been written.</exception>
    void Append(ReadOnlySpan<byte> line);

    /// <summary>Returns when everything appended is on stable storage.</summary>
    /// <exception cref="IOException">Nothing is known any more about what was appended: a second call that succeeds would
    /// prove nothing, because the system may have thrown the unwritten pages away.</exception>
    void Flush();
}
