using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Tumbler.Cli.Commands;
using Tumbler.Contracts.ApiKeys;

namespace Tumbler.Cli.ApiKeys;

/// <summary>What an API key may do, from where, how often and how long.</summary>
internal sealed partial class GrantOptions
{
    private static readonly RateLimit NoLimit = new();

    public Option<string[]> Scopes { get; } = Words.Texts("--scope", "scope", "What its tokens may carry at most.");

    public Option<string[]> Audiences { get; } = Words.Texts("--audience", "url", "Which resources it may ask tokens for; the first is the default.");

    public Option<string[]> Addresses { get; } = Words.Texts("--allow-address", "address", "An address or CIDR block it may be used from.");

    public Option<string?> ExpiresAt { get; } = Words.Text("--expires-at", "time", "When it ends (RFC 3339).");

    public Option<RateLimit?> Limit { get; } = new("--rate-limit")
    {
        HelpName = "n/duration",
        Description = "How often it may be used: 100/1m. With none: as often as it likes.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text == "none")
                return NoLimit;
            if (Shape().Match(text) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var limit))
                return new RateLimit(limit, match.Groups[2].Value);
            result.AddError($"'{text}' is not how a limit is written: 100/1m for a hundred in a minute, or none.");
            return null;
        },
    };

    public void AddTo(Command verb)
    {
        foreach (var option in (Option[])[Scopes, Audiences, Addresses, ExpiresAt, Limit])
            verb.Add(option);
    }

    // What stands behind the slash the server reads: it knows how long a window may be.
    [GeneratedRegex(@"^([0-9]{1,9})/([0-9A-Za-z]{1,20})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
