namespace Tumbler.Cli.Demo;

/// <summary>How much is shown, and how fast.</summary>
/// <param name="Hours">Simulated hours in which tokens are issued and verified.</param>
/// <param name="Rate">Simulated seconds in a real one.</param>
internal sealed record DemoPlan(int Hours, double Rate)
{
    public const int DefaultHours = 72;

    /// <summary>72 hours in 54 seconds. A token then lives 0.7 real seconds: an answer takes a hundredth of that, and a machine that
    /// stumbles for half a second is still not in the way.</summary>
    public const double DefaultRate = 4800;

    /// <summary>Beyond this a token's life is shorter than what a busy machine takes for one answer.</summary>
    public const double MaxRate = 30_000;

    /// <summary>The longest that a ring's default policy allows: 25 h of validity, less 24 h of signing and 5 min for verifiers' skew.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(55);

    /// <summary>The least time for which a key is published before it signs: the slowest mainstream verifier caches for 12.6 h.</summary>
    public static readonly TimeSpan LeastLead = TimeSpan.FromHours(13);

    /// <summary>Within which a revocation has to reach whoever follows the kill list.</summary>
    public static readonly TimeSpan RevocationLimit = TimeSpan.FromSeconds(5);

    /// <summary>How often a token is issued and shown, simulated. Slow machines do it less often.</summary>
    public static readonly TimeSpan RoundEvery = TimeSpan.FromMinutes(2);

    /// <summary>How often the published keys are looked at, simulated.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(10);

    /// <summary>One a day.</summary>
    public int LeastSwitches => Hours / 24;

    public TimeSpan RealTime => TimeSpan.FromHours(Hours) / Rate;
}
