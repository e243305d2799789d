namespace Tumbler.Core.Tokens;

/// <summary>From when to when a token lives, in whole seconds: a token says nothing finer.</summary>
public readonly record struct TokenLifetime(DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>5 min: what mainstream verifiers accept after <c>exp</c> by default. A token is over even for them
    /// before its key leaves the JWKS.</summary>
    public static readonly TimeSpan VerifierSkew = TimeSpan.FromMinutes(5);

    /// <summary>30 s: a shorter life is used up by the way to the service and the difference of two clocks.</summary>
    public static readonly TimeSpan Minimum = TimeSpan.FromSeconds(30);

    /// <summary>24 h: who wants longer ones wants no tokens. What is revoked is remembered that long.</summary>
    public static readonly TimeSpan Maximum = TimeSpan.FromHours(24);

    /// <summary>For <c>expires_in</c>.</summary>
    public int Seconds => (int)(ExpiresAt - IssuedAt).TotalSeconds;

    /// <summary>The wanted lifetime, or what the key's validity leaves of it; null when that is less than <see cref="Minimum"/>.</summary>
    /// <param name="wanted">At least <see cref="Minimum"/>.</param>
    public static TokenLifetime? At(DateTimeOffset now, TimeSpan wanted, DateTimeOffset keyExpiresAt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, Minimum);

        var issuedAt = WholeSeconds(now);
        var latest = WholeSeconds(keyExpiresAt - VerifierSkew);
        var expiresAt = WholeSeconds(issuedAt + wanted);
        if (expiresAt > latest)
            expiresAt = latest;
        return expiresAt - issuedAt >= Minimum ? new TokenLifetime(issuedAt, expiresAt) : null;
    }

    /// <summary>The last instant at which a key that ends at <paramref name="keyExpiresAt"/> has room for a token.</summary>
    public static DateTimeOffset LastSignatureAt(DateTimeOffset keyExpiresAt) =>
        WholeSeconds(keyExpiresAt - VerifierSkew) - Minimum;

    private static DateTimeOffset WholeSeconds(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}
