using System.Net;

namespace Tumbler.Client.Outbound;

/// <summary>Why there is no token. Is shown and logged: it holds nothing secret.</summary>
/// <param name="Error">The OAuth error code (RFC 6749 §5.2), if it was one.</param>
internal sealed record GrantFault(string Problem, string? Error = null, HttpStatusCode? Status = null, TimeSpan? RetryAfter = null);
