using Microsoft.Extensions.Configuration;

namespace Tumbler.Silo.Configuration;

/// <summary>What the names of settings say, and where one was given.</summary>
internal static class SettingNames
{
    private static readonly string[] Places = ["_FILE", "_VAULT"];

    /// <summary>As which a secret is given that does not stand in the settings.</summary>
    public static IEnumerable<string> PlacesOf(string secret) => Places.Select(place => secret + place);

    public static bool IsPlaceOfSecret(string name) => Places.Any(place => name.EndsWith(place, StringComparison.OrdinalIgnoreCase));

    public static bool IsInManager(string name) => name.EndsWith("_VAULT", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without its place.</summary>
    public static string SecretOf(string name) =>
        Places.FirstOrDefault(place => name.EndsWith(place, StringComparison.OrdinalIgnoreCase)) is { } place ? name[..^place.Length] : name;

    /// <summary>Sources are ordered, and the last one that has a name wins.</summary>
    public static string SourceOf(IConfiguration configuration, string name)
    {
        string[] sources = ["command line", "environment", SettingSources.File];
        return configuration is IConfigurationRoot root
            ? root.Providers.Reverse().Zip(sources).FirstOrDefault(each => each.First.TryGet(name, out _)).Second ?? sources[^1]
            : sources[^1];
    }
}
