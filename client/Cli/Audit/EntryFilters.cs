using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Input;

namespace Tumbler.Cli.Audit;

/// <summary>Which entries are wanted: the query's parameters as options.</summary>
internal sealed class EntryFilters
{
    private readonly Option<string?> action = Choice<AuditAction>("--action", "What was done");
    private readonly Option<string?> resource = Choice<AuditResource>("--resource-type", "To what kind of thing");
    private readonly Option<string?> id = new("--resource-id") { HelpName = "id", Description = "To which one." };
    private readonly Option<string?> actor = new("--actor") { HelpName = "id", Description = "By whom: an API key's or client's id, bootstrap for the admin key." };
    private readonly Option<string?> status = Choice<AuditStatus>("--status", "How it ended");
    private readonly Option<string?> from = Time("--from", "Not before this time: RFC 3339, a day, or a duration ago (24h, 7d).");
    private readonly Option<string?> until = Time("--until", "Before this time.");
    private readonly Argument<string?> org = new("org") { Arity = ArgumentArity.ZeroOrOne, Description = "Entries about this organisation only." };

    public void AddTo(Verb command, bool withTimes)
    {
        command.Add(org);
        foreach (var option in (Option[])[action, resource, id, actor, status, .. withTimes ? (Option[])[from, until] : []])
            command.Add(option);
    }

    /// <summary>The route with its query; the page's part may follow.</summary>
    public string PathOf(ParseResult words, CliCall call)
    {
        var path = words.GetValue(org) is { } slug ? $"/api/v1/admin/audit-logs/{Uri.EscapeDataString(slug)}" : "/api/v1/admin/audit-logs";
        (string Name, string? Value)[] parts =
        [
            ("action", words.GetValue(action)?.ToUpperInvariant()),
            ("resource_type", words.GetValue(resource)?.ToUpperInvariant()),
            ("resource_id", words.GetValue(id)),
            ("actor", words.GetValue(actor)),
            ("status", words.GetValue(status)?.ToUpperInvariant()),
            ("from", Instant(words.GetValue(from), call)),
            ("until", Instant(words.GetValue(until), call)),
        ];
        var query = string.Join('&', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    /// <summary>People write days and durations; whatever else it is the server judges.</summary>
    private static string? Instant(string? text, CliCall call)
    {
        if (text is null)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return $"{text}T00:00:00Z";
        return Duration.TryParse(text, out var ago)
            ? (call.Clock.GetUtcNow() - ago).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : text;
    }

    private static Option<string?> Time(string name, string description) => new(name) { HelpName = "time", Description = description };

    private static Option<string?> Choice<T>(string name, string description) where T : struct, Enum
    {
        var names = Enum.GetValues<T>().Select(Names.UpperSnakeCase).ToArray();
        var option = new Option<string?>(name) { HelpName = "name", Description = $"{description}: {string.Join(", ", names)}." };
        option.CompletionSources.Add(names);
        option.Validators.Add(result => Check(result, name, names));
        return option;
    }

    private static void Check(OptionResult result, string option, string[] names)
    {
        if (result.Tokens.Count == 1 && !names.Contains(result.Tokens[0].Value, StringComparer.OrdinalIgnoreCase))
            result.AddError($"{option} must be one of {string.Join(", ", names)}.");
    }
}
