using System.Collections;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Commands;

/// <summary>How a command was called.</summary>
/// <param name="Arguments">What stood behind its name.</param>
/// <param name="Directory">Where relative paths begin.</param>
/// <param name="Environment">The process's environment variables.</param>
internal sealed record CommandCall(
    IReadOnlyList<string> Arguments, string Directory, IDictionary Environment, TextWriter Output, TextWriter Errors)
{
    /// <summary>What is wrong with the settings, among the errors.</summary>
    public Complaints Complaints { get; } = new(Errors);
}
