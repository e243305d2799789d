using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Clients;

internal static class DeleteClient
{
    public static Verb Verb(Frame frame)
    {
        var (client, yes) = (IdArgument.Client(), Words.Yes());
        return new Verb(
            frame, "delete", "Deletes a registered client, and revokes the tokens that were issued to it. Its id comes to no other.",
            "tumbler clients delete acme_client_4vT0p9QeLw2ZsXc8RkBn", "tumbler clients delete acme_client_4vT0p9QeLw2ZsXc8RkBn --yes")
        {
            client, yes,
        }.Does((words, session, stop) =>
        {
            var id = words.GetValue(client);
            return session.Confirmed(
                words.GetValue(yes), $"Client {id} will be deleted, and the tokens that were issued to it revoked.", id.ToString(),
                () => session.Show(
                    session.Server.Send(HttpMethod.Delete, ClientsNoun.PathOf(id), CliJson.Default.ClientView, stop), ClientFacts.Draw));
        });
    }
}
