using Tumbler.Core.Keys;

namespace Tumbler.Engine.Metrics;

/// <summary>What many rings come to at an instant.</summary>
/// <param name="Active">Keys that verifiers accept.</param>
/// <param name="Unsigned">Rings in which no key can sign.</param>
/// <param name="LeadLeft">Seconds, the least; null where there is no ring.</param>
/// <param name="LeadsLeft">The same in leads of its ring.</param>
internal sealed record RingSums(DateTimeOffset At, long Active, int Unsigned, int Hurried, double? LeadLeft, double? LeadsLeft)
{
    public static RingSums Of(IEnumerable<RingGlance> glances, DateTimeOffset now)
    {
        var (active, unsigned, hurried) = (0L, 0, 0);
        var (left, leads) = (default(double?), default(double?));
        foreach (var glance in glances)
        {
            active += glance.Active;
            unsigned += glance.Signs ? 0 : 1;
            hurried += glance.Hurried ? 1 : 0;
            left = Math.Min(left ?? double.MaxValue, glance.LeftAt(now).TotalSeconds);
            leads = Math.Min(leads ?? double.MaxValue, glance.LeadsLeftAt(now));
        }

        return new RingSums(now, active, unsigned, hurried, left, leads);
    }
}
