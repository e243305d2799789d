namespace Tumbler.Core.Audit;

/// <summary>Which security events are counted together: everything is the same but the request and the instant.</summary>
public sealed class AlikeEvents : IEqualityComparer<SecurityEvent>
{
    // An attacker chooses some of it; hashes are seeded anew in every process, so nobody can make them collide.
    public bool Equals(SecurityEvent x, SecurityEvent y) =>
        x.Reason == y.Reason
        && x.Key == y.Key
        && x.ClientId == y.ClientId
        && x.Client == y.Client
        && x.Origin.Source == y.Origin.Source
        && x.Origin.Route == y.Origin.Route
        && x.ClientAddress == y.ClientAddress
        && x.Org == y.Org;

    public int GetHashCode(SecurityEvent obj) =>
        HashCode.Combine(obj.Reason, obj.Key, obj.ClientId, obj.Client, obj.Origin.Source, obj.Origin.Route, obj.ClientAddress);
}
