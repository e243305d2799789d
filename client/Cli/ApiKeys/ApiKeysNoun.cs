using System.CommandLine;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Organizations;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Cli.ApiKeys;

internal static class ApiKeysNoun
{
    public static Command Of(Frame frame) => new("api-keys", "API keys of organisations.")
    {
        ListApiKeys.Verb(frame),
        CreateApiKeys.Verb(frame),
        UpdateApiKey.Verb(frame),
        RotateApiKey.Verb(frame),
        RevokeApiKey.Verb(frame),
        VerifyApiKeys.Verb(frame),
    };

    public static string PathOf(OrgSlug org) => $"{OrgsNoun.PathOf(org)}/api-keys";

    public static string PathOf(OrgSlug org, ApiKeyId id) => $"{PathOf(org)}/{id}";
}
