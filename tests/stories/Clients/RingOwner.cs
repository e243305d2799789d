namespace Tumbler.Stories.Tests.Clients;

/// <summary>Who makes a ring's changes; null when nobody said so.</summary>
public sealed record RingOwner(string? Owner);
