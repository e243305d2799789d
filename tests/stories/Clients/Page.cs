namespace Tumbler.Stories.Tests.Clients;

public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
