using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Organizations;

internal static class ShowOrg
{
    public static Verb Verb(Frame frame)
    {
        var org = IdArgument.Org();
        return new Verb(frame, "show", "Shows an organisation.", "tumbler orgs show acme") { org }
            .Does((words, session, stop) => session.Show(
                session.Server.Get(OrgsNoun.PathOf(words.GetValue(org)), CliJson.Default.OrganizationView, stop), OrgFacts.Draw));
    }
}
