namespace Tumbler.Storage.Tests;

/// <summary>The two ways in which a write can fail.</summary>
public enum Fault
{
    /// <summary>It failed and left nothing.</summary>
    DidNotPersist,

    /// <summary>It was kept, and the answer was lost.</summary>
    DidPersist,
}
