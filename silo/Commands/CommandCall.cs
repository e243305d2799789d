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
    /// <summary>The settings that a command needs, with what the secret manager keeps of them.</summary>
    /// <param name="read">Takes what it needs; what is wrong it tells the reader.</param>
    /// <returns>Null when anything is wrong.</returns>
    public async Task<TSettings?> Settings<TSettings>(IReadOnlyList<string> arguments, Func<SettingsReader, TSettings> read) where TSettings : class
    {
        using var source = new SettingsSource(arguments, Directory, Environment, TimeProvider.System);
        await source.Open();
        return StartUp.Read(source, (_, reader) => read(reader), Complaints)?.Settings;
    }

    /// <summary>What is wrong with the settings, among the errors.</summary>
    public Complaints Complaints { get; } = new(Errors);
}
