using Tumbler.Contracts.Calls;

namespace Tumbler.Api.Problems;

/// <summary>What an error answer says (RFC 9457). Nothing in it comes from inside the process.</summary>
/// <param name="Error">The stable name that clients program against.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Fields">The broken input rules; empty unless input is what was wrong.</param>
internal sealed record Problem(int Status, string Title, string Error, string Message, IReadOnlyList<FieldError> Fields);
