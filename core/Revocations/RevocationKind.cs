namespace Tumbler.Core.Revocations;

/// <summary>What can be withdrawn so that tokens which were issued on its strength are worth nothing any more. Stored by name:
/// kinds may be added, and a node that does not know one passes over it.</summary>
public enum RevocationKind
{
    /// <summary>A signing key, by <c>kid</c>.</summary>
    Key,

    /// <summary>One token, by <c>jti</c>.</summary>
    Token,

    /// <summary>Whoever tokens were issued to, by <c>client_id</c>.</summary>
    Client,

    /// <summary>Whose clients they are, by <c>org</c>.</summary>
    Organization,
}
