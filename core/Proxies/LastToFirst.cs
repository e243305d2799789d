namespace Tumbler.Core.Proxies;

/// <summary>A header's list from its end: each proxy appends, so that the nearest one's word is the last. Several lines are one
/// list, and empty elements are none (RFC 9110 §5.3, §5.6.1).</summary>
internal ref struct LastToFirst(IReadOnlyList<string?> lines)
{
    private int below = lines.Count;
    private ReadOnlySpan<char> rest;

    public bool TryNext(out ReadOnlySpan<char> element)
    {
        while (true)
        {
            while (rest.IsEmpty)
            {
                if (below == 0)
                {
                    element = default;
                    return false;
                }

                rest = lines[--below];
            }

            var comma = rest.LastIndexOf(',');
            element = rest[(comma + 1)..].Trim(" \t");
            rest = comma < 0 ? default : rest[..comma];
            if (!element.IsEmpty)
                return true;
        }
    }
}
