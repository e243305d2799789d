namespace Tumbler.Stories.Tests.Silos;

/// <summary>How a process ended, and what it said.</summary>
public sealed record Ended(int Code, string Output, string Errors);
