using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Organizations;

internal static class DeleteOrg
{
    public static Verb Verb(Frame frame)
    {
        var (org, yes) = (IdArgument.Org(), Words.Yes());
        return new Verb(
            frame, "delete", "Deletes an organisation: its API keys and tokens are revoked, its slug is not given out again. Its audit log stays.",
            "tumbler orgs delete acme", "tumbler orgs delete acme --yes")
        {
            org, yes,
        }.Does((words, session, stop) =>
        {
            var slug = words.GetValue(org);
            return session.Confirmed(
                words.GetValue(yes), $"Organisation {slug} will be deleted, and all its API keys and tokens revoked.", slug.Value,
                () => session.Show(
                    session.Server.Send(HttpMethod.Delete, OrgsNoun.PathOf(slug), CliJson.Default.OrganizationView, stop), OrgFacts.Draw));
        });
    }
}
