namespace Tumbler.Client.Options;

/// <summary>The paths that need no credential. This middleware and the router behind it might each have their own idea of what a path with an
/// escape or a doubled slash comes to; so only a path that all read alike is exempt.</summary>
internal sealed class ExemptPaths(IEnumerable<string> rules)
{
    private readonly string[] rules = [.. rules];

    /// <summary>A path in its one form: exact, or with everything below it when it ends in a slash.</summary>
    public static bool IsRule(string rule) => IsUnambiguous(rule);

    public bool Cover(string path)
    {
        foreach (var rule in rules)
        {
            var below = rule[^1] == '/' && path.StartsWith(rule, StringComparison.Ordinal);
            if ((below || path == rule) && IsUnambiguous(path))
                return true;
        }

        return false;
    }

    private static bool IsUnambiguous(string path)
    {
        if (path is not ['/', ..])
            return false;
        var before = '\0';
        foreach (var c in path)
        {
            var plain = char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '~' or '.' or '@' or ':';
            if (!plain || (before == '/' && c is '/' or '.'))
                return false;
            before = c;
        }

        return true;
    }
}
