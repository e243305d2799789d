using System.Collections;
using Microsoft.Extensions.Configuration;

namespace Tumbler.Silo.Configuration;

/// <summary>Reads the settings, or says on one list what is wrong with them.</summary>
public static class StartUp
{
    private const string EnvironmentSetting = "environment";

    /// <param name="directory">Where <c>appsettings.json</c> is sought and relative paths begin.</param>
    /// <param name="environment">The process's environment variables.</param>
    /// <param name="read">Takes what it needs; what is wrong it tells the reader.</param>
    /// <param name="complaints">Gets the list.</param>
    /// <returns>Null when anything is wrong; then nothing was touched.</returns>
    public static TSettings? Read<TSettings>(
        IReadOnlyList<string> arguments,
        string directory,
        IDictionary environment,
        Func<IConfiguration, SettingsReader, TSettings> read,
        Complaints complaints) where TSettings : class
    {
        var errors = new List<SettingError>();
        var configuration = SettingSources.Load(arguments, environment, directory, errors);
        var reader = new SettingsReader(configuration, IsDevelopment(configuration[EnvironmentSetting], environment), directory);
        reader.Text(EnvironmentSetting);
        var settings = read(configuration, reader);
        errors.AddRange(reader.Errors);
        if (errors.Count == 0)
            return settings;
        complaints.Add(errors);
        return null;
    }

    /// <summary>As ASP.NET has it: no word about it is production. So is any other name than Development, which errs on
    /// the safe side when it is misspelt.</summary>
    private static bool IsDevelopment(string? setting, IDictionary environment) =>
        string.Equals(
            setting ?? environment["DOTNET_ENVIRONMENT"] as string ?? environment["ASPNETCORE_ENVIRONMENT"] as string,
            "Development", StringComparison.OrdinalIgnoreCase);
}
