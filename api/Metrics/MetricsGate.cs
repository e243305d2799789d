using Microsoft.AspNetCore.Http;
using Tumbler.Core.Audit;

namespace Tumbler.Api.Metrics;

/// <summary>Decides whether a caller sees what is for those who watch over the service. A scraper has no key of the API: it sends a
/// token of its own (RFC 6750), or comes from where scrapers are.</summary>
internal sealed class MetricsGate(ApiOptions options)
{
    public const string Challenge = "Bearer realm=\"tumbler\"";

    private const string Scheme = "Bearer ";
    private const int Longest = 1024;

    /// <summary>Null when it does.</summary>
    public SecurityReason? WhyNot(HttpContext http)
    {
        if (options.Metrics.Accepts(http.Connection.RemoteIpAddress))
            return null;
        return (http.Request.Headers["X-Admin-Key"], http.Request.Headers.Authorization) switch
        {
            ([{ } key], { Count: 0 }) => options.AdminKey.Accepts(key) ? null : SecurityReason.WrongAdminKey,
            ({ Count: 0 }, [{ Length: <= Longest } header]) when header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) =>
                options.Metrics.Accepts(header[Scheme.Length..].Trim(' ')) ? null : SecurityReason.WrongMetricsToken,
            _ => SecurityReason.NoCredential,
        };
    }
}
