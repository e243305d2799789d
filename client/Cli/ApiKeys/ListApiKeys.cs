using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Paging;

namespace Tumbler.Cli.ApiKeys;

internal static class ListApiKeys
{
    public static Verb Verb(Frame frame)
    {
        var org = IdArgument.Org();
        var page = new PageOptions();
        return new Verb(frame, "list", "Lists an organisation's API keys, without the keys.", "tumbler api-keys list acme", "tumbler api-keys list acme --json")
        {
            org, page.Limit, page.Cursor,
        }.Does((words, session, stop) => session.Show(
            session.Server.Get(page.PathOf(ApiKeysNoun.PathOf(words.GetValue(org)), words), CliJson.Default.ApiKeyPage, stop), Draw));
    }

    private static void Draw(Terminal terminal, Page<ApiKeyView> page)
    {
        var table = new Table("id", "name", "state", "scopes", "ends", "last used");
        foreach (var key in page.Items)
            table.Row(key.Id.ToString(), key.Name, ApiKeyFacts.StateOf(key), Cell.Of(key.Scopes), key.RevokedAt ?? key.ExpiresAt, key.LastUsedAt);
        terminal.Page(table, page.NextCursor);
    }
}
