namespace Tumbler.Cli.Calls;

/// <summary>Why a command ends without having done what it was asked for.</summary>
/// <param name="Code">One of <see cref="ExitCode"/>.</param>
/// <param name="Message">What is wrong, in a sentence. Never repeats a secret.</param>
/// <param name="Next">What the user can do about it.</param>
internal sealed record Failure(int Code, string Message, string? Next = null);
