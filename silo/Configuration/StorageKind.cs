namespace Tumbler.Silo.Configuration;

public enum StorageKind
{
    /// <summary>One append-only file.</summary>
    Journal,

    Postgres,
}
