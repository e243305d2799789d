using Tumbler.Api.Headers;
using Tumbler.Api.Limits;
using Tumbler.Contracts.Limits;

namespace Tumbler.Silo.Configuration;

/// <summary>How requests are let in and answered.</summary>
/// <param name="FailedAuthentication">From one address, on this node; null for any number of times.</param>
public sealed record EdgeOptions(
    ProxyOptions Proxies, HeaderOptions Headers, CorsOptions Cors, LimitOptions Limits, QuotaRule? FailedAuthentication, TelemetryOptions Telemetry)
{
    internal static EdgeOptions Read(SettingsReader settings) => new(
        ProxyOptions.Read(settings),
        HeaderSettings.Read(settings),
        CorsOptions.Read(settings),
        LimitSettings.Read(settings),
        LimitSettings.ReadFailures(settings),
        TelemetryOptions.Read(settings));
}
