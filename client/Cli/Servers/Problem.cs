using Tumbler.Contracts.Calls;

namespace Tumbler.Cli.Servers;

/// <summary>What of a problem document (RFC 9457) people are told.</summary>
internal sealed record Problem(string? Error = null, string? Message = null, string? ErrorId = null, IReadOnlyList<FieldError>? Fields = null);
