namespace Tumbler.Contracts.Calls;

/// <summary>What every change is told about its cause, for the audit log and for repeating it safely.</summary>
/// <param name="Actor">Who asked.</param>
/// <param name="RequestId">The request's id, as in the answer's <c>X-Request-ID</c>.</param>
/// <param name="Source">The address the request came from, or <c>local</c>.</param>
/// <param name="IdempotencyKey">The caller's key for repeating this very change, or null.</param>
/// <param name="KeyIsBrief">The key is not the caller's, but only for asking a second time within the same request.</param>
/// <param name="ByOwner">Whether the actor owns the installation, and so may make others its administrators.</param>
public sealed record CallContext(
    Actor Actor, string RequestId, string Source, string? IdempotencyKey = null, bool KeyIsBrief = false, bool ByOwner = false)
{
    /// <summary>For what the product does by itself.</summary>
    public static CallContext Internal(string reason) => new(Actor.System, reason, "local");

    /// <summary>Without the idempotency key: it opens the receipt, which may hold an API key.</summary>
    public override string ToString() => $"CallContext({Actor.Type} {Actor.Id}, {RequestId})";
}
