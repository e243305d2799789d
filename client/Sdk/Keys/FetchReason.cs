namespace Tumbler.Client.Keys;

/// <summary>Why a key set is fetched. What callers can bring about by themselves has limits.</summary>
internal enum FetchReason
{
    /// <summary>It is time.</summary>
    Refresh,

    /// <summary>There is none.</summary>
    NoKeys,

    /// <summary>A token names a key that is not in it.</summary>
    UnknownKid,

    /// <summary>A kill list says that it has changed, or is signed by a key that is not in it.</summary>
    KillList,
}
