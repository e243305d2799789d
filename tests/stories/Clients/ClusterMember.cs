namespace Tumbler.Stories.Tests.Clients;

/// <summary>A silo, as another one sees it.</summary>
public sealed record ClusterMember(string Name, string Status);
