using System.Text.RegularExpressions;
using Tumbler.Contracts.Input;

namespace Tumbler.Api.Tests.OpenApi;

/// <summary>What a record's own comment says about it and its members, for people who don't read C#.</summary>
internal sealed partial class TypeNotes
{
    private static readonly string[] Folders = ["contracts", "api", "engine"];

    private readonly Dictionary<string, string> members = new(StringComparer.Ordinal);

    private TypeNotes()
    {
    }

    public string? Summary { get; private set; }

    public static TypeNotes Of(Type type)
    {
        var notes = new TypeNotes();
        var file = Folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Parts.Root, folder), $"{type.Name}.cs", SearchOption.AllDirectories))
            .FirstOrDefault();
        if (file is null)
            return notes;
        var text = File.ReadAllText(file);
        var declaration = Regex.Match(text, $@"record(?: struct)? {Regex.Escape(type.Name)}\b");
        if (!declaration.Success)
            return notes;
        var comment = Comment().Match(text[..declaration.Index]).Value;
        comment = string.Join(' ', comment.Split('\n').Select(line => line.Trim().TrimStart('/').Trim()));
        if (SummaryOf().Match(comment) is { Success: true } summary)
            notes.Summary = Plain(summary.Groups[1].Value);
        foreach (Match member in MemberOf().Matches(comment))
            notes.members[Names.SnakeCase(member.Groups[1].Value)] = Plain(member.Groups[2].Value);
        return notes;
    }

    public string? Member(string name) => members.GetValueOrDefault(name);

    private static string Plain(string xml)
    {
        xml = Reference().Replace(xml, match => $"`{Names.SnakeCase(match.Groups[1].Value.Split('.')[^1])}`");
        return Code().Replace(xml, "`$1`").Replace("&lt;", "<", StringComparison.Ordinal).Trim();
    }

    [GeneratedRegex(@"(?:^[ \t]*///[^\n]*\n)+(?:^[ \t]*\[[^\n]*\n)*[^\n]*\z", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex("<summary>(.*?)</summary>")]
    private static partial Regex SummaryOf();

    [GeneratedRegex("""<param name="(\w+)">(.*?)</param>""")]
    private static partial Regex MemberOf();

    [GeneratedRegex("""<(?:see cref|paramref name)="([^"]+)"\s*/>""")]
    private static partial Regex Reference();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Code();
}
