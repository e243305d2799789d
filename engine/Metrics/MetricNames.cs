namespace Tumbler.Engine.Metrics;

/// <summary>The names of metrics and their labels. Dashboards and alerts are made of them: they don't change. What each says is in
/// <c>docs/telemetry.md</c>.</summary>
public static class MetricNames
{
    public const string Rotations = "jwt_rotation_total";
    public const string RotationsDone = "jwt_rotation_success";
    public const string RotationsFailed = "jwt_rotation_failed";
    public const string KeysActive = "jwt_keys_active";
    public const string KeysDeactivated = "jwt_keys_deactivated";
    public const string KeysMade = "tumbler_keys_made_total";
    public const string RingsHeld = "tumbler_rings_held";
    public const string RingsFailing = "tumbler_rings_failing";
    public const string RingsUnsigned = "tumbler_rings_without_signer";
    public const string RingsHurried = "tumbler_rings_hurried";
    public const string LeadLeft = "tumbler_lead_left_seconds";
    public const string LeadLeftRatio = "tumbler_lead_left_ratio";
    public const string CertificateLeft = "tumbler_kek_certificate_left_seconds";

    public const string TokensIssued = "tumbler_tokens_issued_total";
    public const string TokensVerified = "tumbler_tokens_verified_total";
    public const string ApiKeysAccepted = "tumbler_api_keys_accepted_total";
    public const string OrganizationsHeld = "tumbler_organizations_held";

    public const string RequestsLimited = "tumbler_requests_limited_total";
    public const string SecurityEvents = "tumbler_security_events_total";
    public const string SecurityEventsDropped = "tumbler_security_events_dropped_total";
    public const string AddressesWithFailures = "tumbler_addresses_with_failures";
    public const string AuditQueue = "tumbler_audit_queue_length";

    public const string SnapshotAge = "tumbler_snapshot_age_seconds";
    public const string ClockDifference = "tumbler_clock_difference_seconds";
    public const string SilosSeen = "tumbler_cluster_silos_seen";
    public const string SilosExpected = "tumbler_cluster_silos_expected";

    public const string RequestDuration = "tumbler_http_request_duration_seconds";
    public const string Responses = "tumbler_http_responses_total";
    public const string SaveDuration = "tumbler_store_save_duration_seconds";

    public const string ProcessCpu = "process_cpu_seconds_total";
    public const string ProcessMemory = "process_resident_memory_bytes";
    public const string Allocated = "dotnet_gc_allocated_bytes_total";
    public const string Heap = "dotnet_gc_heap_bytes";
    public const string FullCollections = "dotnet_gc_full_collections_total";

    public const string Limit = "limit";
    public const string Reason = "reason";
    public const string Origin = "origin";
    public const string Outcome = "outcome";
    public const string Role = "role";
    public const string Route = "route";
    public const string Code = "code";
}
