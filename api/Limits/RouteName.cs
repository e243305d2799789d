using System.Text;

namespace Tumbler.Api.Limits;

/// <summary>A route's name in settings and quotas, which can stand in a variable: <c>GET /api/v1/organizations/{org}</c> is
/// <c>get-organizations-org</c>.</summary>
internal static class RouteName
{
    private const string Prefix = "/api/v1", WellKnown = ".well-known", AnyMethod = "any";

    /// <param name="methods">Of several, the first names it; none are all.</param>
    public static string Of(IReadOnlyList<string> methods, string pattern)
    {
        var path = pattern.StartsWith(Prefix, StringComparison.Ordinal) ? pattern[Prefix.Length..] : pattern;
        var name = new StringBuilder(methods is [] or ["*"] ? AnyMethod : methods[0].ToLowerInvariant());
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != WellKnown))
            name.Append('-').Append(part.Trim('{', '}').Replace('.', '-'));
        return name.ToString();
    }
}
