using System.Collections.Frozen;
using Tumbler.Api.Credentials;

namespace Tumbler.Api.Limits;

/// <summary>The routes that can be given a limit of their own.</summary>
public static class RouteNames
{
    public static FrozenSet<string> All { get; } = RouteAccess.Table.Keys.Select(Of).ToFrozenSet(StringComparer.Ordinal);

    private static string Of(string route)
    {
        var space = route.IndexOf(' ', StringComparison.Ordinal);
        return RouteName.Of(route[..space].Split(','), route[(space + 1)..]);
    }
}
