namespace Tumbler.Stories.Tests.Clients;

/// <summary>What a silo says of the cluster.</summary>
public sealed record ClusterState(IReadOnlyList<ClusterMember> Silos)
{
    public bool HasActive(string name) => Silos.Any(silo => silo.Name == name && silo.Status == "active");
}
