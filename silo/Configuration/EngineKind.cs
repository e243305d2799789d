namespace Tumbler.Silo.Configuration;

public enum EngineKind
{
    /// <summary>Everything in this process.</summary>
    Single,

    /// <summary>Orleans silos over Redis and PostgreSQL.</summary>
    Cluster,
}
