namespace Tumbler.Stories.Tests.Clients;

/// <summary>How a silo finds itself.</summary>
/// <param name="ClockDifferenceSeconds">How far its clock is ahead of the database's.</param>
public sealed record MemberReport(string Version, double? ClockDifferenceSeconds);
