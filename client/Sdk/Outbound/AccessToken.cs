namespace Tumbler.Client.Outbound;

/// <summary>A token, and until when. Instants are times since one moment of the monotonic clock: setting the system's clock makes no token
/// good for longer.</summary>
/// <param name="RenewFrom">From then on another one is fetched, while this one is still sent.</param>
/// <param name="UsableUntil">From then on it might not arrive in time.</param>
internal sealed record AccessToken(string Text, TimeSpan RenewFrom, TimeSpan UsableUntil)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"a token until {UsableUntil}";
}
