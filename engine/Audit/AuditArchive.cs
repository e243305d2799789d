using Tumbler.Core.Audit;

namespace Tumbler.Engine.Audit;

/// <summary>A copy of the whole log that has verified by itself.</summary>
/// <param name="Note">Its checkpoint, with signatures.</param>
/// <param name="Points">How far it allows to prune.</param>
public sealed record AuditArchive(long Number, string Note, IReadOnlyList<PrunePoint> Points);
