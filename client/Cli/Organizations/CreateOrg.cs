using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Cli.Organizations;

internal static class CreateOrg
{
    public static Verb Verb(Frame frame)
    {
        var org = IdArgument.Org();
        var name = Words.Text("--name", "text", "1 to 100 characters.");
        var email = Words.Text("--email", "address", "Where its people are reached.");
        (name.Required, email.Required) = (true, true);
        return new Verb(
            frame, "create", "Creates an organisation. Its slug is never given out again.", "tumbler orgs create acme --name Acme --email ops@acme.example")
        {
            org, name, email,
        }.Does((words, session, stop) => session.Show(
            session.Server.Send(
                HttpMethod.Post, OrgsNoun.Path, new CreateOrganization(words.GetValue(org).Value, words.GetValue(name), words.GetValue(email)),
                CliJson.Default.CreateOrganization, CliJson.Default.OrganizationView, stop),
            OrgFacts.Draw));
    }
}
