using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Demo.Reports;

/// <summary>What there is to tell, in the order in which it happens.</summary>
internal abstract record DemoEvent
{
    private DemoEvent() { }

    public sealed record Began(DemoPlan Plan) : DemoEvent;

    /// <summary>Everything runs.</summary>
    /// <param name="ClockError">How far the clock of the service and the verifier may be from the server's.</param>
    public sealed record Opened(Uri Server, Uri Service, TimeSpan ClockError) : DemoEvent;

    public sealed record Passed(Round Round) : DemoEvent;

    public sealed record HourPassed(HourRow Row) : DemoEvent;

    public sealed record Switched(Switch Change) : DemoEvent;

    /// <summary>The server was killed and is there again, at the usual pace.</summary>
    public sealed record Slowed(TimeSpan Away) : DemoEvent;

    public sealed record Revoked(RingKey Key, RingKey Successor) : DemoEvent;

    /// <summary>The first token of the revoked key that this party refused.</summary>
    public sealed record Refused(Party By, TimeSpan After) : DemoEvent;

    public sealed record Audited(AuditCheck Check) : DemoEvent;

    public sealed record Ended(Proof Proof) : DemoEvent;
}
