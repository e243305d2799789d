namespace Tumbler.Api.Headers;

/// <param name="Security">Whether answers have the headers that protect browsers; off where a gateway sets all of them itself.</param>
/// <param name="HstsMaxAge">How long a browser insists on TLS once it has seen an answer over it (RFC 6797); zero says nothing
/// about it. It can't be taken back sooner.</param>
/// <param name="HstsSubDomains">Whether that goes for all names below ours.</param>
public sealed record HeaderOptions(TimeSpan HstsMaxAge, bool HstsSubDomains, bool Security = true)
{
    public static HeaderOptions Default { get; } = new(TimeSpan.FromDays(365), HstsSubDomains: true);
}
