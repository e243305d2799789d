using Tumbler.Core.Audit;

namespace Tumbler.Engine.Store;

/// <param name="Note">The signed note over all anchors.</param>
/// <param name="Moved">The anchors that are new, or further on than before.</param>
public sealed record StoredPruning(StoredCheckpoint Note, IReadOnlyList<ChainHead> Moved);
