using System.CommandLine;
using Tumbler.Cli.Commands;

namespace Tumbler.Cli.ServerPrograms;

/// <summary>The commands that are the server program's: <c>migrate</c>, <c>retention</c>, <c>audit prune</c>. Here is what they are called
/// and what their options mean; what is wrong with a value the program itself says.</summary>
internal static class ServerVerbs
{
    private const string Settings = "Settings follow as for the server, --Section:Key value, and from its environment and appsettings.json.";

    public static Command Migrate(Frame frame) => Passing(
        new Verb(
            frame, "migrate", $"Brings the database's schema up to date, with the role that owns the tables. {Settings}",
            "tumbler migrate --Storage:Kind postgres --Storage:Postgres:ConnectionString_FILE secrets/owner"),
        "migrate");

    public static Command Retention(Frame frame) => Passing(
        new Verb(
            frame, "retention", $"Deletes exports of the audit log that have had their time, and names them. {Settings}",
            "tumbler retention --dry-run",
            "tumbler retention --Retention:Exports:Directory /var/lib/tumbler/exports --Retention:Exports:Keep 30d"),
        "retention",
        new Option<bool>("--dry-run") { Description = "Names what would be deleted, and deletes nothing." });

    public static Command Prune(Frame frame) => Passing(
        new Verb(
            frame, "prune", $"Deletes old entries of the audit log that an archive holds. {Settings}",
            "tumbler audit prune --archive /archive/2026-q1 --before 2026-01-01 --dry-run"),
        "audit prune",
        new Option<string>("--archive") { Required = true, HelpName = "folder", Description = "A completed export of the whole log. It is verified first." },
        new Option<string>("--before") { Required = true, HelpName = "YYYY-MM-DD", Description = "The first day, in UTC, whose entries are kept." },
        new Option<bool>("--dry-run") { Description = "Says how many entries would be deleted, and deletes nothing." });

    /// <summary>The rest of the line is the program's: settings have names that this one does not know.</summary>
    private static Verb Passing(Verb verb, string command, params Option[] options)
    {
        foreach (var option in options)
            verb.Add(option);
        verb.TreatUnmatchedTokensAsErrors = false;
        return verb.Does(async (words, session, stop) =>
            (await ServerRun.PassOn(session.Call, [.. command.Split(' '), .. options.SelectMany(option => Given(words, option)), .. words.UnmatchedTokens], stop))
                .TryGet(out var code, out var failure) ? code : session.Terminal.Fail(failure));
    }

    private static IEnumerable<string> Given(ParseResult words, Option option) => words.GetResult(option) switch
    {
        null or { Implicit: true } => [],
        _ when option is Option<bool> flag => words.GetValue(flag) ? [option.Name] : [],
        { Tokens: var tokens } => [option.Name, .. tokens.Select(token => token.Value)],
    };
}
