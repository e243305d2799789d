namespace Tumbler.Core.Audit;

/// <summary>Which security events are counted together: everything is the same but the request and the instant.</summary>
public sealed class AlikeEvents : IEqualityComparer<SecurityEvent>
{
    // Strings first differ, if they do, in what an attacker chooses; their hashes are seeded anew in every process.
    public bool Equals(SecurityEvent x, SecurityEvent y) =>
        x.Reason == y.Reason
        && x.Key == y.Key
        && x.ClientId == y.ClientId
        && x.Origin.Source == y.Origin.Source
        && x.Origin.Route == y.Origin.Route
        && x.ClientAddress == y.ClientAddress
        && x.Org == y.Org;

    public int GetHashCode(SecurityEvent obj) =>
        HashCode.Combine(obj.Reason, obj.Key, obj.ClientId, obj.Origin.Source, obj.Origin.Route, obj.ClientAddress);
}
