namespace Tumbler.Core.Cluster;

/// <summary>What the database knows of its cluster: one row.</summary>
/// <param name="Id">The cluster's, for the database's life.</param>
/// <param name="Generation">Changes when Redis begins anew. Silos of different generations are different clusters.</param>
/// <param name="Silence">How long ago, by the database's clock, a silo of this generation last saw its generation in Redis.</param>
/// <param name="Serving">The names of the silos that have served in this generation.</param>
public sealed record ClusterRow(string Id, Guid Generation, TimeSpan Silence, IReadOnlyList<string> Serving)
{
    /// <summary>Silos look every two seconds; what nobody has seen for as long as this, nobody works with.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    /// <summary>Whether silos of this generation run, and their Redis answers.</summary>
    public bool IsRunning => Silence < LongestSilence;
}
