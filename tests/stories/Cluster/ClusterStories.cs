namespace Tumbler.Stories.Tests.Cluster;

/// <summary>The stories that share a cluster: starting one takes longer than most of them. Together they have the number of the
/// first.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterStories : ICollectionFixture<LocalCluster>
{
    public const string Name = "Tumbler.Stories.Tests.Cluster.S10_to_S18";
}
