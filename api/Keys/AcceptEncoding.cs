using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Tumbler.Api.Keys;

internal static class AcceptEncoding
{
    /// <summary>RFC 9110 §12.5.3: gzip by name, or else by <c>*</c>, with a weight above zero. No header: not compressed,
    /// because small clients that say nothing often understand nothing.</summary>
    public static bool AllowsGzip(StringValues header)
    {
        bool? named = null, any = null;
        foreach (var value in header)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var coding = value.AsSpan()[range].Trim();
                var end = coding.IndexOf(';');
                var name = end < 0 ? coding : coding[..end].TrimEnd();
                if (name.Equals("gzip", StringComparison.OrdinalIgnoreCase))
                    named = Weighs(coding, end);
                else if (name is "*")
                    any = Weighs(coding, end);
            }
        }

        return named ?? any ?? false;
    }

    private static bool Weighs(ReadOnlySpan<char> coding, int semicolon)
    {
        if (semicolon < 0)
            return true;
        var weight = coding[(semicolon + 1)..].Trim();
        return weight.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(weight[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q)
            && q > 0;
    }
}
