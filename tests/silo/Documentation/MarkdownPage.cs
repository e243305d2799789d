using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tumbler.Silo.Tests.Documentation;

/// <summary>Where a page leads, and what on it can be led to.</summary>
internal sealed partial class MarkdownPage
{
    private readonly string[] prose;

    public MarkdownPage(string text)
    {
        var (lines, fenced) = (new List<string>(), false);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (!fence && !fenced)
                lines.Add(line);
            fenced ^= fence;
        }

        prose = [.. lines];
    }

    /// <summary>To files of this repository, with what stands behind the <c>#</c>.</summary>
    public IEnumerable<string> Links => Link().Matches(Code().Replace(string.Join('\n', prose), ""))
        .Select(link => link.Groups[1].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    /// <summary>As GitHub makes them of headings; one that occurs again gets a number.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var (anchors, seen) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
            foreach (var heading in prose.Select(line => Heading().Match(line)).Where(match => match.Success))
            {
                var slug = Slug(heading.Groups[1].Value);
                var before = seen.GetValueOrDefault(slug);
                seen[slug] = before + 1;
                anchors.Add(before == 0 ? slug : $"{slug}-{before.ToString(CultureInfo.InvariantCulture)}");
            }

            return anchors;
        }
    }

    private static string Slug(string heading)
    {
        var slug = new StringBuilder();
        foreach (var each in LinkText().Replace(heading.Trim(), "$1").ToLowerInvariant())
        {
            if (each == ' ')
                slug.Append('-');
            else if (char.IsLetterOrDigit(each) || each is '-' or '_')
                slug.Append(each);
        }

        return slug.ToString();
    }

    [GeneratedRegex(@"\]\(<?([^)<>\s]+)>?(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex("^#{1,6} +(.*?)#*$")]
    private static partial Regex Heading();
}
