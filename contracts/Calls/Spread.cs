namespace Tumbler.Contracts.Calls;

/// <summary>How far a change has spread when it is answered.</summary>
/// <param name="Unconfirmed">The names of the silos that did not confirm that they serve it.</param>
/// <param name="KnownBy">When every silo that takes requests serves it: at once if all have confirmed, else when the others
/// must have asked the store.</param>
public sealed record Spread(IReadOnlyList<string> Unconfirmed, DateTimeOffset KnownBy);
