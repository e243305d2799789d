namespace Tumbler.Engine.Tests.Store;

/// <summary>What can go wrong with one call of a store.</summary>
internal enum Fault
{
    /// <summary>The save says that somebody else saved first.</summary>
    Conflict,

    /// <summary>The save gets no answer, and nothing was kept.</summary>
    DidNotPersist,

    /// <summary>The save gets no answer, and everything was kept.</summary>
    DidPersist,
}
