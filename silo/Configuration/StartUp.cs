using System.Collections;
using Microsoft.Extensions.Configuration;

namespace Tumbler.Silo.Configuration;

/// <summary>Reads the settings, or says on one list what is wrong with them.</summary>
public static class StartUp
{
    /// <param name="directory">Where <c>appsettings.json</c> is sought and relative paths begin.</param>
    /// <param name="environment">The process's environment variables.</param>
    /// <inheritdoc cref="Read{TSettings}(SettingsSource, Func{IConfiguration, SettingsReader, TSettings}, Complaints)"/>
    public static TSettings? Read<TSettings>(
        IReadOnlyList<string> arguments,
        string directory,
        IDictionary environment,
        Func<IConfiguration, SettingsReader, TSettings> read,
        Complaints complaints) where TSettings : class
    {
        using var source = new SettingsSource(arguments, directory, environment, TimeProvider.System);
        return Read(source, read, complaints)?.Settings;
    }

    /// <param name="read">Takes what it needs; what is wrong it tells the reader.</param>
    /// <param name="complaints">Gets the list.</param>
    /// <returns>Null when anything is wrong; then nothing was touched.</returns>
    internal static (TSettings Settings, SettingsReader Reader)? Read<TSettings>(
        SettingsSource source, Func<IConfiguration, SettingsReader, TSettings> read, Complaints complaints) where TSettings : class
    {
        var errors = new List<SettingError>();
        var settings = source.Read(read, errors);
        if (errors.Count == 0)
            return settings;
        complaints.Add(errors);
        return null;
    }
}
