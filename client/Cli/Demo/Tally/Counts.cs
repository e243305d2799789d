using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Demo.Tally;

/// <summary>What was done with tokens, beside what should have been.</summary>
internal readonly record struct Counts
{
    public static readonly Counts OneIssued = new() { Issued = 1 };

    /// <summary>A request that got no answer, or one that says nothing about the token.</summary>
    public static readonly Counts OneFailed = new() { Failed = 1 };

    public long Issued { get; init; }

    /// <summary>Good ones that the verifier accepted.</summary>
    public long Verified { get; init; }

    /// <summary>Good ones that the service accepted.</summary>
    public long Served { get; init; }

    /// <summary>Good ones that somebody refused.</summary>
    public long FalseRejects { get; init; }

    /// <summary>Bad ones that somebody refused.</summary>
    public long Refused { get; init; }

    /// <summary>Bad ones that somebody accepted.</summary>
    public long FalseAccepts { get; init; }

    /// <summary>Ended while the answer was on its way.</summary>
    public long Undecided { get; init; }

    public long Failed { get; init; }

    public long Accepted => Verified + Served;

    /// <param name="accepted">Null when that was not the answer.</param>
    public static Counts Of(Party by, Worth worth, bool? accepted) => (worth, accepted) switch
    {
        (_, null) => OneFailed,
        (Worth.Good, true) when by == Party.Verifier => new Counts { Verified = 1 },
        (Worth.Good, true) => new Counts { Served = 1 },
        (Worth.Good, false) => new Counts { FalseRejects = 1 },
        (Worth.Bad, false) => new Counts { Refused = 1 },
        (Worth.Bad, true) => new Counts { FalseAccepts = 1 },
        _ => new Counts { Undecided = 1 },
    };

    public static Counts operator +(Counts one, Counts other) => new()
    {
        Issued = one.Issued + other.Issued,
        Verified = one.Verified + other.Verified,
        Served = one.Served + other.Served,
        FalseRejects = one.FalseRejects + other.FalseRejects,
        Refused = one.Refused + other.Refused,
        FalseAccepts = one.FalseAccepts + other.FalseAccepts,
        Undecided = one.Undecided + other.Undecided,
        Failed = one.Failed + other.Failed,
    };
}
