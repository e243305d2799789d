using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.ApiKeys;

internal static class RevokeApiKey
{
    public static Verb Verb(Frame frame)
    {
        var (org, id, yes) = (IdArgument.Org(), IdArgument.ApiKey(), Words.Yes());
        return new Verb(
            frame, "revoke", "Revokes an API key, and the tokens that were issued to it.",
            "tumbler api-keys revoke acme 77e1c0de-1f0a-4b7e-9d55-3f2e6a8b9c01", "tumbler api-keys revoke acme 77e1c0de-1f0a-4b7e-9d55-3f2e6a8b9c01 --yes")
        {
            org, id, yes,
        }.Does((words, session, stop) =>
        {
            var (slug, key) = (words.GetValue(org), words.GetValue(id));
            return session.Confirmed(
                words.GetValue(yes), $"API key {key} of organisation {slug} will be revoked, and the tokens that were issued to it.", key.ToString()[..8],
                () => session.Show(
                    session.Server.Send(HttpMethod.Delete, ApiKeysNoun.PathOf(slug, key), CliJson.Default.ApiKeyView, stop), ApiKeyFacts.Draw));
        });
    }
}
