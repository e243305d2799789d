using Tumbler.Core.Cluster;

namespace Tumbler.Engine.Store;

/// <summary>Which cluster a shared store belongs to, and in which generation: one row, or none. Whatever changes it names what
/// must be there, so that of many at once one does it and the others find it done.</summary>
public interface IClusterRows
{
    /// <summary>Which store this is, for life.</summary>
    Guid Store { get; }

    /// <exception cref="StoreUnavailableException"/>
    ValueTask<ClusterRow?> Load(CancellationToken stop);

    /// <summary>Writes the first row, unless there is one.</summary>
    /// <exception cref="StoreUnavailableException"/>
    ValueTask Found(string id, Guid generation, CancellationToken stop);

    /// <summary>Changes the generation, if it is still the old one.</summary>
    /// <exception cref="StoreUnavailableException"/>
    ValueTask Succeed(Guid old, Guid next, CancellationToken stop);

    /// <summary>Notes that a silo serves in a generation and has just seen it in Redis, if it is still that one.</summary>
    /// <exception cref="StoreUnavailableException"/>
    ValueTask Serving(Guid generation, string silo, CancellationToken stop);
}
