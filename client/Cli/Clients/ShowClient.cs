using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Clients;

internal static class ShowClient
{
    public static Verb Verb(Frame frame)
    {
        var client = IdArgument.Client();
        return new Verb(frame, "show", "Shows a registered client.", "tumbler clients show acme_client_4vT0p9QeLw2ZsXc8RkBn") { client }
            .Does((words, session, stop) => session.Show(
                session.Server.Get(ClientsNoun.PathOf(words.GetValue(client)), CliJson.Default.ClientView, stop), ClientFacts.Draw));
    }
}
