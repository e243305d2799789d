using System.CommandLine;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Organizations;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Cli.Clients;

internal static class ClientsNoun
{
    public static Command Of(Frame frame) => new("clients", "Registered clients: services that prove by a key or certificate of their own who they are.")
    {
        ListClients.Verb(frame),
        ShowClient.Verb(frame),
        PutClients.Create(frame),
        PutClients.Replace(frame),
        DeleteClient.Verb(frame),
    };

    public static string PathOf(OrgSlug org) => $"{OrgsNoun.PathOf(org)}/clients";

    /// <summary>An id names its organisation.</summary>
    public static string PathOf(ClientId id) => $"{PathOf(id.Org)}/{id}";
}
