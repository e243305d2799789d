using System.Collections.Frozen;

namespace Tumbler.Api.CrossOrigin;

/// <summary>The web origins whose pages may read our answers. Replaced as a whole while requests go on.</summary>
public sealed class AllowedOrigins
{
    private volatile FrozenSet<string> origins;

    /// <param name="origins">As <c>InputRules.IsOrigin</c> lets them in: exactly as browsers send them.</param>
    public AllowedOrigins(params IEnumerable<string> origins) => this.origins = Frozen(origins);

    public bool Any => origins.Count > 0;

    public bool Contains(string origin) => origins.Contains(origin);

    public void Replace(IEnumerable<string> by) => origins = Frozen(by);

    private static FrozenSet<string> Frozen(IEnumerable<string> origins) => origins.ToFrozenSet(StringComparer.Ordinal);
}
