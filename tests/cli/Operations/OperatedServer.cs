using System.Net.Http.Json;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Operations;

/// <summary>A server for the commands of operation: nobody else changes anything there.</summary>
public sealed class OperatedServer : RunningServer
{
    /// <summary>Where the server program lies, as TUMBLER_SERVER has it.</summary>
    public static string Program => Path.Combine(Repository.Root, "silo", "bin", "Release", "net10.0");

    public Task CreateOrganization(string slug) => Admin.CreateOrganization(Url, AdminKey, slug);
}
