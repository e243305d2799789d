namespace Tumbler.Stories.Tests.Foreign;

internal sealed record ForeignNote(DateTimeOffset At, string Target, string Error);
