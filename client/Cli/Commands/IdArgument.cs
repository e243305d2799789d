using System.CommandLine;
using System.CommandLine.Parsing;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Json;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Cli.Commands;

/// <summary>Ids on the command line, checked before anybody is asked: they become parts of an address.</summary>
internal static class IdArgument
{
    private const string SlugRule = "an organisation's slug: 3 to 50 characters of a-z, A-Z, 0-9 and _";
    private const string RingRule = "a ring's id: a lower-case slug";
    private const string UuidRule = "an id: a UUID in lower case";
    private const string ClientRule = "a client's id: {org}_client_ and 20 characters";

    public static Argument<OrgSlug> Org() => Of<OrgSlug>("org", "The organisation's slug.", SlugRule);

    public static Argument<RingId> Ring() => Of<RingId>("ring", "The ring's id.", RingRule);

    public static Argument<Kid> Kid() => Of<Kid>("kid", "The key's id, as `tumbler keys list` shows it.", UuidRule);

    public static Argument<ApiKeyId> ApiKey() => Of<ApiKeyId>("id", "The API key's id, as `tumbler api-keys list` shows it.", UuidRule);

    public static Argument<ClientId> Client() => Of<ClientId>("client_id", "The client's id.", ClientRule);

    /// <summary>Which ring's keys are meant: the default ring's, unless told otherwise.</summary>
    public static Option<RingId> InRing() => new("--ring")
    {
        HelpName = "ring",
        Description = "The ring whose keys are meant.",
        DefaultValueFactory = _ => RingId.Default,
        CustomParser = result => Parse<RingId>(result, RingRule),
    };

    private static Argument<T> Of<T>(string name, string description, string rule) where T : struct, IWireText<T> =>
        new(name) { Description = description, CustomParser = result => Parse<T>(result, rule) };

    private static T Parse<T>(ArgumentResult result, string rule) where T : struct, IWireText<T>
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : null;
        if (!T.TryParse(text, out var id))
            result.AddError($"'{text}' is not {rule}.");
        return id;
    }
}
