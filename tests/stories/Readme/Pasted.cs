namespace Tumbler.Stories.Tests.Readme;

/// <param name="Code">The exit code of the first command that failed, or 0.</param>
/// <param name="Output">What the block printed, errors included.</param>
internal sealed record Pasted(int Code, string Output);
