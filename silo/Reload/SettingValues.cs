using System.Security.Cryptography;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Reload;

/// <summary>What every setting is, to see which have changed: of secrets what they are, of certificates what is in their files.</summary>
internal sealed class SettingValues
{
    private readonly Dictionary<string, string> values;

    private SettingValues(Dictionary<string, string> values) => this.values = values;

    public static SettingValues Of(SiloSettings settings, IReadOnlyDictionary<string, ReadSetting> given)
    {
        var values = given.ToDictionary(each => each.Key, each => each.Value.Value.Reveal(), StringComparer.OrdinalIgnoreCase);
        foreach (var certificate in settings.Protection.Certificates.Concat(settings.Protection.Recipients))
            values[certificate.Setting] = $"{certificate.Path} {Digest(certificate.Path)} {certificate.Password?.Reveal()}";
        return new SettingValues(values);
    }

    /// <summary>The names of those that are not the same in both, in order.</summary>
    public IReadOnlyList<string> ChangedSince(SettingValues before) =>
    [
        .. values.Keys.Union(before.values.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(name => values.GetValueOrDefault(name) != before.values.GetValueOrDefault(name))
            .Order(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>What cannot be read is said by whoever has use for it.</summary>
    private static string Digest(string path)
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
