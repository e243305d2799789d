namespace Tumbler.Silo.Configuration;

public enum StorageKind
{
    /// <summary>One append-only file.</summary>
    Journal,

    /// <summary>A PostgreSQL database, which several processes may share.</summary>
    Postgres,
}
