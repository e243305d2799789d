using System.Collections.Immutable;

namespace Tumbler.Cli.Demo.Tally;

/// <summary>What became of tokens after their key was revoked.</summary>
internal sealed record Emergency(RingKey Revoked, RingKey Successor)
{
    public ImmutableList<Showing> Showings { get; init; } = [];

    /// <summary>Of tokens that were good: the key's before it was revoked, and its successor's afterwards.</summary>
    public Counts Good { get; init; }

    /// <returns>When this party first refused a token of the revoked key; null: never.</returns>
    public TimeSpan? RefusedAfter(Party by) => Showings.Find(showing => showing.By == by && !showing.Accepted)?.After;

    /// <summary>Whether a party accepted one again after it had refused one.</summary>
    public bool Relapsed => Showings.Any(showing => showing.Accepted && showing.After > RefusedAfter(showing.By));

    public bool Arrived => Enum.GetValues<Party>().All(party => RefusedAfter(party) <= DemoPlan.RevocationLimit) && !Relapsed;
}
