using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Paging;

namespace Tumbler.Cli.Clients;

internal static class ListClients
{
    public static Verb Verb(Frame frame)
    {
        var org = IdArgument.Org();
        var page = new PageOptions();
        return new Verb(frame, "list", "Lists an organisation's registered clients.", "tumbler clients list acme", "tumbler clients list acme --json")
        {
            org, page.Limit, page.Cursor,
        }.Does((words, session, stop) => session.Show(
            session.Server.Get(page.PathOf(ClientsNoun.PathOf(words.GetValue(org)), words), CliJson.Default.ClientPage, stop), Draw));
    }

    private static void Draw(Terminal terminal, Page<ClientView> page)
    {
        var table = new Table("client id", "name", "method", "scopes", "expires at");
        foreach (var client in page.Items)
            table.Row(client.ClientId.ToString(), client.ClientName, Cell.Of(client.TokenEndpointAuthMethod), Cell.Of(client.Scopes), client.ExpiresAt);
        terminal.Page(table, page.NextCursor);
    }
}
