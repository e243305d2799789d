namespace Tumbler.Engine.Store;

/// <summary>What the store holds is not what was saved: somebody changed it by hand, or a disk did. It is not used. Answered
/// like any fault within, unless somebody asked for the damaged thing itself.</summary>
public sealed class StoreDamagedException : Exception
{
    private StoreDamagedException(string message, string chain, long? seq, Exception? inner) : base(message, inner) =>
        (Chain, Seq) = (chain, seq);

    /// <summary>The chain of the aggregate whose state it is, or of the entry.</summary>
    public string Chain { get; }

    /// <summary>The entry's number, or null when it is a state.</summary>
    public long? Seq { get; }

    public static StoreDamagedException Entry(string chain, long seq) =>
        new($"Entry {seq} of chain '{chain}' is damaged: its fields make no audit entry.", chain, seq, null);

    public static StoreDamagedException State(string chain, Exception cause) =>
        new($"The state of '{chain}' is damaged: it can't be read.", chain, null, cause);
}
