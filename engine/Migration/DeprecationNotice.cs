using System.Globalization;

namespace Tumbler.Engine.Migration;

/// <summary>That a credential will not do for ever, in the words of HTTP.</summary>
/// <param name="Since">When it was deprecated.</param>
/// <param name="Sunset">When it will be refused; null when that is open.</param>
public sealed record DeprecationNotice(DateTimeOffset Since, DateTimeOffset? Sunset)
{
    /// <summary>The value of <c>Deprecation</c>: a structured date (RFC 9745 §2.1, RFC 9651 §3.3.7).</summary>
    public string DeprecationHeader => string.Create(CultureInfo.InvariantCulture, $"@{Since.ToUnixTimeSeconds()}");

    /// <summary>The value of <c>Sunset</c>: an HTTP date (RFC 8594 §3).</summary>
    public string? SunsetHeader => Sunset?.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);
}
