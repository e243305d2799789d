namespace Tumbler.Storage.Postgres;

/// <summary>What a save has to do. With nothing to do a part is left out of the statement.</summary>
[Flags]
internal enum SaveParts
{
    None = 0,
    RemoveChildren = 1,
    SetChildren = 2,
    RemoveReceipts = 4,
    SetReceipts = 8,

    /// <summary>The aggregate is there already.</summary>
    Update = 16,

    /// <summary>More than one audit entry.</summary>
    ManyEntries = 32,

    /// <summary>Something is withdrawn.</summary>
    Revoke = 64,

    /// <summary>An organisation's second sort of children.</summary>
    RemoveClients = 128,
    SetClients = 256,

    All = 511,
}
