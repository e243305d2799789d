namespace Tumbler.Engine.Metrics;

/// <summary>The names of metrics and their labels. Dashboards and alerts are made of them: they don't change.</summary>
public static class MetricNames
{
    public const string RequestsLimited = "tumbler_requests_limited_total";
    public const string SecurityEvents = "tumbler_security_events_total";
    public const string SecurityEventsDropped = "tumbler_security_events_dropped_total";
    public const string AddressesWithFailures = "tumbler_addresses_with_failures";

    public const string Limit = "limit";
    public const string Reason = "reason";
}
