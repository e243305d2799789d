namespace Tumbler.Stories.Tests.Clients;

public sealed record LastSwitch(DateTimeOffset At, string Outcome);
