namespace Tumbler.Silo.Clock;

/// <summary>The instant at which simulated and real time are tied together.</summary>
/// <param name="Rate">Simulated seconds that pass in a real one.</param>
internal sealed record ClockAnchor(DateTimeOffset Real, DateTimeOffset Simulated, double Rate)
{
    /// <summary>Never before the anchor, even when the system's clock was set back.</summary>
    public DateTimeOffset SimulatedAt(DateTimeOffset real) =>
        real <= Real ? Simulated : Simulated + (real - Real) * Rate;
}
