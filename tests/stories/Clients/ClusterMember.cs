namespace Tumbler.Stories.Tests.Clients;

/// <summary>A silo, as another one sees it.</summary>
/// <param name="Report">What it says of itself; null when it did not answer.</param>
public sealed record ClusterMember(string Name, string Status, MemberReport? Report);
