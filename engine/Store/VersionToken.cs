namespace Tumbler.Engine.Store;

/// <summary>Names one saved state of one aggregate. Only the store makes them; a later state of the same aggregate
/// compares greater, and that is all there is to know about one.</summary>
public readonly record struct VersionToken(long Value) : IComparable<VersionToken>
{
    /// <summary>The version of what does not exist yet.</summary>
    public static VersionToken None => default;

    public int CompareTo(VersionToken other) => Value.CompareTo(other.Value);

    public static bool operator <(VersionToken a, VersionToken b) => a.Value < b.Value;

    public static bool operator >(VersionToken a, VersionToken b) => a.Value > b.Value;

    public static bool operator <=(VersionToken a, VersionToken b) => a.Value <= b.Value;

    public static bool operator >=(VersionToken a, VersionToken b) => a.Value >= b.Value;
}
