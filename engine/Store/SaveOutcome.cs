namespace Tumbler.Engine.Store;

public enum SaveOutcome
{
    /// <summary>State and audit entries are durable.</summary>
    Saved,

    /// <summary>Somebody else saved first; nothing of this was kept.</summary>
    Conflict,

    /// <summary>The store did not answer. It may or may not have kept it: load before saying anything.</summary>
    Unavailable,
}
