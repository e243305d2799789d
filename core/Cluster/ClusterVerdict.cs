namespace Tumbler.Core.Cluster;

/// <summary>What a running silo is to do about its cluster.</summary>
public abstract record ClusterVerdict
{
    private ClusterVerdict() { }

    /// <param name="Confirmed">Whether it has just seen that the cluster is there: then it tells the database.</param>
    public sealed record Serve(bool Confirmed) : ClusterVerdict;

    /// <summary>Something is wrong that a restart would run into again: it serves, and says so.</summary>
    public sealed record Endure(string Reason) : ClusterVerdict;

    /// <summary>Its cluster is over; a new start finds the one that is.</summary>
    public sealed record Leave(string Reason) : ClusterVerdict;
}
