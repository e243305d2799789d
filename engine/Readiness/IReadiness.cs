namespace Tumbler.Engine.Readiness;

/// <summary>Whether this node should get requests.</summary>
public interface IReadiness
{
    ValueTask<IReadOnlyList<ReadinessCheck>> Check(CancellationToken stop);

    /// <inheritdoc cref="Snapshots.SnapshotPoller.CatchUp"/>
    ValueTask CatchUp();
}
