using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.ApiKeys;

namespace Tumbler.Cli.ApiKeys;

internal static class UpdateApiKey
{
    public static Verb Verb(Frame frame)
    {
        var (org, id, grants) = (IdArgument.Org(), IdArgument.ApiKey(), new GrantOptions());
        var name = Words.Text("--name", "text", "1 to 100 characters.");
        var verb = new Verb(
            frame, "update", "Changes what an API key may do; what is not given stays. A list that is given takes the place of the old one.",
            "tumbler api-keys update acme 77e1c0de-1f0a-4b7e-9d55-3f2e6a8b9c01 --scope invoices:read --scope invoices:write",
            "tumbler api-keys update acme 77e1c0de-1f0a-4b7e-9d55-3f2e6a8b9c01 --rate-limit none")
        {
            org, id, name,
        };
        grants.AddTo(verb);
        return verb.Does((words, session, stop) => session.Show(
            session.Server.Send(
                HttpMethod.Patch,
                ApiKeysNoun.PathOf(words.GetValue(org), words.GetValue(id)),
                new ChangeApiKey(
                    words.GetValue(name), words.Given(grants.Scopes), words.Given(grants.Audiences), words.GetValue(grants.ExpiresAt),
                    words.Given(grants.Addresses), words.GetValue(grants.Limit)),
                CliJson.Default.ChangeApiKey, CliJson.Default.ApiKeyView, stop),
            ApiKeyFacts.Draw));
    }
}
