namespace Tumbler.Core.Keys;

/// <summary>From when to when nothing is due in a ring that nobody changes. At any other instant somebody has to look, also
/// before: a clock that was set back has gone to a time that nobody thought about.</summary>
public readonly record struct QuietTime(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Something is due, or nobody knows.</summary>
    public static QuietTime None => default;

    public bool Holds(DateTimeOffset now) => From <= now && now < Until;
}
