namespace Tumbler.Silo.Configuration;

/// <summary>Finds what a mistyped name was probably meant to be.</summary>
internal static class ClosestName
{
    /// <returns>The nearest candidate, or null when none is near: at most a quarter of the name differs.</returns>
    public static string? Among(IEnumerable<string> candidates, string name) =>
        candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(candidate.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(pair => pair.Distance <= Math.Max(2, name.Length / 4))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .FirstOrDefault().Candidate;

    /// <summary>Levenshtein's distance, one row at a time.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
