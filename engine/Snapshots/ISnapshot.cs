using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>One saved state, ready to answer.</summary>
public interface ISnapshot
{
    VersionToken Version { get; }
}
