namespace Tumbler.Core.Tokens;

/// <summary>What a verifier expects of a token besides its signature.</summary>
public sealed record AccessTokenExpectations
{
    /// <summary>30 s: clocks kept by NTP differ by far less.</summary>
    public static readonly TimeSpan DefaultSkew = TimeSpan.FromSeconds(30);

    /// <summary>60 s: every second of it is a second that a token lives longer than it says.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(60);

    /// <param name="audience">One that the token must name, or null when any will do.</param>
    /// <param name="skew">Zero to <see cref="MaxSkew"/>; null for <see cref="DefaultSkew"/>.</param>
    public AccessTokenExpectations(string issuer, string? audience = null, TimeSpan? skew = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(issuer);
        (Issuer, Audience, Skew) = (issuer, audience, skew ?? DefaultSkew);
        ArgumentOutOfRangeException.ThrowIfLessThan(Skew, TimeSpan.Zero, nameof(skew));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Skew, MaxSkew, nameof(skew));
    }

    public string Issuer { get; }

    public string? Audience { get; }

    public TimeSpan Skew { get; }
}
