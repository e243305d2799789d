namespace Tumbler.Core.Idempotency;

/// <summary>Remembers a change that was made under an <c>Idempotency-Key</c>, so that the same request sent again gets
/// the same answer and changes nothing. Kept in the changed aggregate itself, hence in the change's own commit.</summary>
/// <param name="KeyHash">A hash of the Idempotency-Key; the key is not kept.</param>
/// <param name="RequestHash">A hash of what was asked, to tell a repetition from a key used twice.</param>
/// <param name="SealedAnswer">The answer in base64, encrypted under the Idempotency-Key: it may hold an API key, and
/// only who sent the first request can open it.</param>
public sealed record Receipt(string KeyHash, string RequestHash, DateTimeOffset At, string SealedAnswer);
