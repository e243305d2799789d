using System.Net;
using Tumbler.Api.Credentials;
using Tumbler.Core.Addresses;

namespace Tumbler.Api.Metrics;

/// <summary>Who may read metrics, and what health says in detail: whoever has the token, an administrator, and callers from these
/// addresses.</summary>
/// <param name="token">Null for none.</param>
public sealed class MetricsAccess(AdminKeyCheck? token, AddressList addresses)
{
    private volatile AdminKeyCheck? token = token;

    public static MetricsAccess AdministratorsOnly { get; } = new(null, AddressList.Empty);

    /// <summary>While requests go on.</summary>
    public void Replace(AdminKeyCheck? by) => token = by;

    internal bool Accepts(string presented) => token is { } expected && expected.Accepts(presented);

    /// <param name="address">Null at a Unix socket.</param>
    internal bool Accepts(IPAddress? address) => address is not null && addresses.Contains(address);
}
