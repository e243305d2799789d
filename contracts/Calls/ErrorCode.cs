namespace Tumbler.Contracts.Calls;

/// <summary>Why a request was refused. Stable: clients program against the snake_case form of these names.</summary>
public enum ErrorCode
{
    /// <summary>A field breaks a rule; the fields say which.</summary>
    InvalidInput,

    /// <summary>No such ring, key, organisation or API key.</summary>
    NotFound,

    /// <summary>The id is taken, or was: ids are never given out twice.</summary>
    AlreadyExists,

    /// <summary>The request contradicts the state of the thing it changes.</summary>
    Conflict,

    /// <summary>The <c>Idempotency-Key</c> was used before for another request.</summary>
    IdempotencyKeyReused,

    /// <summary>No credential, or one that is not accepted. Unknown, revoked and malformed look the same.</summary>
    Unauthenticated,

    /// <summary>The credential is good; its rights do not reach this far.</summary>
    Forbidden,

    /// <summary>What was asked for was changed in the store by another hand than the product's, and is not shown.</summary>
    Damaged,

    /// <summary>The store did not answer. Nothing is known to have changed; try again.</summary>
    Unavailable,

    /// <summary>Too often in too short a time; try again when the window is over.</summary>
    RateLimited,
}
