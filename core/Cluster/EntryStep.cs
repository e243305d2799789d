namespace Tumbler.Core.Cluster;

/// <summary>What a silo does next on its way into the cluster. Every step may be done by several at once, or twice, or not at
/// all; afterwards one looks again.</summary>
public abstract record EntryStep
{
    private EntryStep() { }

    /// <summary>Writes a generation of its own making into Redis, unless there is one.</summary>
    public sealed record Propose : EntryStep;

    /// <summary>Writes the database's first row, unless there is one.</summary>
    public sealed record Found(Guid Generation) : EntryStep;

    /// <summary>Changes the database's generation, if it is still the old one.</summary>
    public sealed record Succeed(Guid Old, Guid New) : EntryStep;

    /// <summary>Tells Redis that the database has taken its proposal.</summary>
    public sealed record Confirm : EntryStep;

    /// <summary>Silos of another Redis run; perhaps they are about to end. If they aren't, the reason to refuse.</summary>
    public sealed record Wait(string Otherwise) : EntryStep;

    public sealed record Refuse(EntryFault Fault, string Reason) : EntryStep;

    public sealed record Enter(Guid Generation) : EntryStep;
}
