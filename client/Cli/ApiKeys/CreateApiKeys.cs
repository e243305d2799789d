using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.ApiKeys;

namespace Tumbler.Cli.ApiKeys;

internal static class CreateApiKeys
{
    public static Verb Verb(Frame frame)
    {
        var (org, grants, shown) = (IdArgument.Org(), new GrantOptions(), new NewKey());
        var name = Words.Text("--name", "text", "1 to 100 characters.");
        name.Required = true;
        var verb = new Verb(
            frame, "create", "Creates an API key, and shows it this once.",
            "tumbler api-keys create acme --name billing --scope invoices:read --audience https://invoices.example",
            "tumbler api-keys create acme --name billing --rate-limit 100/1m --out billing.key")
        {
            org, name, shown.Out,
        };
        grants.AddTo(verb);
        return verb.Does((words, session, stop) => shown.Show(
            words,
            session,
            () => session.Server.Send(
                HttpMethod.Post,
                ApiKeysNoun.PathOf(words.GetValue(org)),
                new CreateApiKey(
                    words.GetValue(name), words.Given(grants.Scopes), words.Given(grants.Audiences), words.GetValue(grants.ExpiresAt),
                    words.Given(grants.Addresses), words.GetValue(grants.Limit)),
                CliJson.Default.CreateApiKey, CliJson.Default.IssuedApiKey, stop),
            issued => issued.Key,
            issued =>
            [
                ("id", issued.Id.ToString()),
                ("name", issued.Name),
                ("scopes", Cell.Of(issued.Scopes)),
                ("audiences", Cell.Of(issued.Audiences)),
                ("addresses", Cell.Of(issued.AllowedAddresses)),
                ("rate limit", ApiKeyFacts.LimitOf(issued.RateLimit)),
                ("expires at", issued.ExpiresAt),
            ]));
    }
}
