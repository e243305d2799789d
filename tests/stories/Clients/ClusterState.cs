namespace Tumbler.Stories.Tests.Clients;

/// <summary>What a silo says of the cluster.</summary>
/// <param name="Reminders">How many are set; null when that is not known.</param>
public sealed record ClusterState(IReadOnlyList<ClusterMember> Silos, int? Reminders)
{
    public bool HasActive(string name) => Silos.Any(silo => silo.Name == name && silo.Status == "active");
}
