namespace Tumbler.Stories.Tests.Guarding;

/// <summary>Times are the story's.</summary>
/// <param name="Answered">Null while it is under way.</param>
internal sealed record Withdrawal(DateTimeOffset Asked, DateTimeOffset? Answered);
