using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Cli.Organizations;

internal static class UpdateOrg
{
    public static Verb Verb(Frame frame)
    {
        var org = IdArgument.Org();
        var name = Words.Text("--name", "text", "1 to 100 characters.");
        var email = Words.Text("--email", "address", "Where its people are reached.");
        return new Verb(frame, "update", "Changes an organisation's name or e-mail address; what is not given stays.", "tumbler orgs update acme --name \"Acme Ltd\"")
        {
            org, name, email,
        }.Does((words, session, stop) => session.Show(
            session.Server.Send(
                HttpMethod.Put, OrgsNoun.PathOf(words.GetValue(org)), new UpdateOrganization(words.GetValue(name), words.GetValue(email)),
                CliJson.Default.UpdateOrganization, CliJson.Default.OrganizationView, stop),
            OrgFacts.Draw));
    }
}
