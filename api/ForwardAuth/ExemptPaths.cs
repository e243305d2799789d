using System.Collections.Immutable;

namespace Tumbler.Api.ForwardAuth;

/// <summary>Paths behind a gateway that need no credential. Gateway and service each have their own idea of what a path with a dot,
/// a doubled slash or an escape comes to, so what could be read in two ways is not exempt.</summary>
public sealed class ExemptPaths(ImmutableArray<string> prefixes)
{
    public static ExemptPaths None { get; } = new([]);

    public bool IsEmpty => prefixes.IsEmpty;

    /// <summary>Whether this can be a prefix: a path in its one form.</summary>
    public static bool IsPrefix(string path) => IsPlain(path);

    /// <param name="uri">Path and query, as the gateway got them.</param>
    public bool Cover(string uri)
    {
        var query = uri.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? uri : uri[..query];
        return IsPlain(path) && prefixes.Any(prefix => IsWithin(path, prefix));
    }

    /// <summary>Whole segments: <c>/public</c> does not cover <c>/publicity</c>. Case matters.</summary>
    private static bool IsWithin(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal)
        && (path.Length == prefix.Length || prefix[^1] == '/' || path[prefix.Length] == '/');

    /// <summary>Letters, digits and what nobody decodes, resolves or cuts off.</summary>
    private static bool IsPlain(string path)
    {
        if (path.Length == 0 || path[0] != '/')
            return false;
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (!(char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '~' or '.' or '@' or ':'))
                return false;

            // Two slashes, and a segment that begins with a dot.
            if (i > 0 && path[i - 1] == '/' && (c is '/' or '.'))
                return false;
        }

        return true;
    }
}
