using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;

namespace Tumbler.Silo.Configuration;

/// <summary>The policies of the rings that stand in the configuration, <c>Rings:{id}</c>. Defaults, units and ranges are
/// those of <see cref="PutRing"/>; the rules are the caller's, the same as for a request.</summary>
internal static class RingOptions
{
    public static Dictionary<RingId, PutRing> Read(SettingsReader settings, Func<PutRing, IReadOnlyList<FieldError>> rules)
    {
        var rings = new Dictionary<RingId, PutRing>();
        foreach (var name in settings.NamesBelow("Rings"))
        {
            var section = $"Rings:{name}";
            var ring = new PutRing(
                Algorithm: settings.Text($"{section}:Algorithm"),
                RsaBits: settings.Integer($"{section}:RsaBits"),
                Interval: settings.Text($"{section}:Interval"),
                Validity: settings.Text($"{section}:Validity"),
                Lead: settings.Text($"{section}:Lead"),
                AllowShortLead: settings.Boolean($"{section}:AllowShortLead"),
                MaxTokenLifetime: settings.Text($"{section}:MaxTokenLifetime"));
            // Setting names know no case, ring ids are lower-case.
            if (!RingId.TryParse(name.ToLowerInvariant(), out var id) || !rings.TryAdd(id, ring))
                settings.Error(section, "a ring's id must be 1 to 50 characters of a-z, 0-9, _ and -, the first a letter or digit");
            foreach (var error in rules(ring))
                settings.Error(SettingName(section, error.Field), AfterName(error));
        }

        return rings;
    }

    /// <summary>A rule names the field of a request (<c>max_token_lifetime</c>); the reader of the list knows the setting.</summary>
    private static string SettingName(string section, string field) =>
        typeof(PutRing).GetProperties().FirstOrDefault(property => Names.SnakeCase(property.Name) == field) is { } property
            ? $"{section}:{property.Name}"
            : section;

    private static string AfterName(FieldError error) =>
        (error.Message.StartsWith($"{error.Field} ", StringComparison.Ordinal) ? error.Message[(error.Field.Length + 1)..] : error.Message)
        .TrimEnd('.');
}
