namespace Tumbler.Client.Outbound;

/// <summary>A token or a fault. No record: those print what they hold.</summary>
internal readonly struct Grant
{
    private Grant(string? token, TimeSpan? lifetime, GrantFault? fault) => (Token, Lifetime, Fault) = (token, lifetime, fault);

    public string? Token { get; }

    /// <summary>Null when the issuer did not say.</summary>
    public TimeSpan? Lifetime { get; }

    /// <summary>Null when there is a token.</summary>
    public GrantFault? Fault { get; }

    public static Grant Of(string token, TimeSpan? lifetime) => new(token, lifetime, null);

    public static implicit operator Grant(GrantFault fault) => new(null, null, fault);
}
