namespace Tumbler.Contracts.ApiKeys;

public enum ApiKeyState
{
    Active,

    /// <summary>Replaced by a rotation with overlap: still accepted until <c>revoked_at</c>.</summary>
    Retiring,

    Expired,
    Revoked,
}
