using System.Collections;
using Microsoft.Extensions.Configuration;

namespace Tumbler.Silo.Configuration;

/// <summary>Where settings come from. A later source wins, name by name: <c>appsettings.json</c> in the current
/// directory, then environment variables <c>TUMBLER__Section__Key</c>, then the command line, which is what the person at
/// the keyboard said last. <c>Name_FILE</c> is a name like any other here; that a secret is not given both ways is
/// checked where secrets are read, over all sources together.</summary>
internal static class SettingSources
{
    public const string File = "appsettings.json";
    private const string Prefix = "TUMBLER__";

    public static IConfiguration Load(
        IReadOnlyList<string> arguments, IDictionary environment, string directory, ICollection<SettingError> errors)
    {
        var builder = new ConfigurationBuilder()
            .SetBasePath(directory)
            .AddJsonFile(File, optional: true)
            .AddInMemoryCollection(FromEnvironment(environment))
            .AddInMemoryCollection(CommandLine.Parse(arguments, errors));
        try
        {
            return builder.Build();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The innermost exception is the one that knows the line.
            errors.Add(new SettingError(File, $"can't be read: {e.GetBaseException().Message}"));
            builder.Sources.RemoveAt(0);
            return builder.Build();
        }
    }

    private static Dictionary<string, string?> FromEnvironment(IDictionary environment)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in environment)
        {
            var name = (string)variable.Key;
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                settings[name[Prefix.Length..].Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] = (string?)variable.Value;
        }

        return settings;
    }
}
