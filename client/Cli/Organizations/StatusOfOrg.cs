using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Cli.Organizations;

/// <summary>Off and on again: nothing is lost, so nobody is asked.</summary>
internal static class StatusOfOrg
{
    public static Verb Suspend(Frame frame) => Verb(
        frame, "suspend", "suspended", "Suspends an organisation: its API keys and tokens are refused, and everything is kept.", "tumbler orgs suspend acme");

    public static Verb Resume(Frame frame) => Verb(
        frame, "resume", "active", "Ends a suspension.", "tumbler orgs resume acme");

    private static Verb Verb(Frame frame, string name, string status, string description, string example)
    {
        var org = IdArgument.Org();
        return new Verb(frame, name, description, example) { org }.Does((words, session, stop) => session.Show(
            session.Server.Send(
                HttpMethod.Put, OrgsNoun.PathOf(words.GetValue(org)), new UpdateOrganization(Status: status),
                CliJson.Default.UpdateOrganization, CliJson.Default.OrganizationView, stop),
            OrgFacts.Draw));
    }
}
