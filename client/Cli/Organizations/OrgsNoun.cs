using System.CommandLine;
using Tumbler.Cli.Commands;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Cli.Organizations;

internal static class OrgsNoun
{
    public const string Path = "/api/v1/organizations";

    public static Command Of(Frame frame) => new("orgs", "Organisations, whose services use tokens.")
    {
        ListOrgs.Verb(frame),
        ShowOrg.Verb(frame),
        CreateOrg.Verb(frame),
        UpdateOrg.Verb(frame),
        StatusOfOrg.Suspend(frame),
        StatusOfOrg.Resume(frame),
        DeleteOrg.Verb(frame),
    };

    public static string PathOf(OrgSlug org) => $"{Path}/{org}";
}
