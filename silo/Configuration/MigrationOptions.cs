using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Tumbler.Contracts.Migration;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Migration;
using Tumbler.Engine.Migration;

namespace Tumbler.Silo.Configuration;

/// <param name="Phase">Of services that have none of their own, <c>Migration:Phase</c>; default <c>jwt-only</c>.</param>
/// <param name="Services">By audience, <c>Migration:Services:{audience}:Phase</c>. An audience may be a URL.</param>
/// <param name="DeprecatedSince">What clients are told; default the moment at which this was read.</param>
/// <param name="Sunset">When shared keys will be refused, as clients are told; null says nothing.</param>
/// <param name="Keys">By client, <c>Migration:SharedKeys:{client}</c>: 16 to 512 printable ASCII characters.</param>
public sealed record MigrationOptions(
    MigrationPhase Phase,
    IReadOnlyDictionary<string, MigrationPhase> Services,
    DateTimeOffset? DeprecatedSince,
    DateTimeOffset? Sunset,
    IReadOnlyDictionary<string, SecretText> Keys)
{
    internal const string Section = "Migration:";
    private const string PhaseSetting = "Migration:Phase";
    private const string ServicesPrefix = "Migration:Services:";
    private const string PhaseSuffix = ":Phase";
    private const string KeysSection = "Migration:SharedKeys";
    private const int MinLength = 16;

    /// <summary>Bounds what is counted, together with the next.</summary>
    private const int MostKeys = 1000;

    private const int MostServices = 200;
    private static readonly string[] Phases = ["dual", "jwt-preferred", "jwt-only"];
    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK"];

    public static MigrationOptions None { get; } =
        new(MigrationPhase.JwtOnly, FrozenDictionary<string, MigrationPhase>.Empty, null, null, FrozenDictionary<string, SecretText>.Empty);

    public SharedKeySetup Setup(DateTimeOffset now) => new(
        new MigrationPlan(Phase, Services.ToFrozenDictionary(StringComparer.Ordinal), DeprecatedSince ?? now, Sunset),
        Keys.ToFrozenDictionary(key => key.Key, key => key.Value.Reveal(), StringComparer.Ordinal));

    internal static MigrationOptions Read(SettingsReader settings, IConfiguration configuration)
    {
        var phase = ReadPhase(settings, PhaseSetting);
        var services = ReadServices(settings, configuration);
        var keys = ReadKeys(settings);
        if (keys.Count > 0 && phase is null && !settings.IsGiven(PhaseSetting))
            settings.Error(PhaseSetting, $"is required with {KeysSection}: {string.Join(" or ", Phases)}");
        return new MigrationOptions(
            phase ?? MigrationPhase.JwtOnly, services, ReadTime(settings, "Migration:DeprecatedSince"), ReadTime(settings, "Migration:Sunset"), keys);
    }

    /// <summary>By whole names: an audience has colons of its own.</summary>
    private static Dictionary<string, MigrationPhase> ReadServices(SettingsReader settings, IConfiguration configuration)
    {
        var services = new Dictionary<string, MigrationPhase>(StringComparer.Ordinal);
        foreach (var (name, value) in configuration.AsEnumerable().OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            if (value is null || name.Length <= ServicesPrefix.Length + PhaseSuffix.Length
                || !name.StartsWith(ServicesPrefix, StringComparison.OrdinalIgnoreCase) || !name.EndsWith(PhaseSuffix, StringComparison.OrdinalIgnoreCase))
                continue;
            if (ReadPhase(settings, name) is { } phase)
                services[name[ServicesPrefix.Length..^PhaseSuffix.Length]] = phase;
        }

        if (services.Count > MostServices)
            settings.Error(ServicesPrefix.TrimEnd(':'), $"has more than {MostServices} services");
        return services;
    }

    private static MigrationPhase? ReadPhase(SettingsReader settings, string name)
    {
        if (settings.Text(name) is not { } text)
            return null;
        var index = Array.FindIndex(Phases, phase => phase.Equals(text.Replace('_', '-'), StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
            return (MigrationPhase)index;
        settings.Error(name, $"must be {string.Join(" or ", Phases)}");
        return null;
    }

    private static Dictionary<string, SecretText> ReadKeys(SettingsReader settings)
    {
        var keys = new Dictionary<string, SecretText>(StringComparer.Ordinal);
        var clients = settings.NamesBelow(KeysSection).Select(SettingNames.SecretOf).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        foreach (var client in clients)
        {
            var name = $"{KeysSection}:{client}";
            if (client.Length > 64 || !client.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
                settings.Error(name, "a client's name must be 1 to 64 of [A-Za-z0-9._-]");
            if (settings.OptionalSecret(name, Rule) is not { } key)
                continue;
            if (keys.FirstOrDefault(other => other.Value.Reveal() == key.Reveal()) is { Key: { } twin })
                settings.Error(name, $"is the same secret as {KeysSection}:{twin}; nobody could tell whose it is");
            else
                keys[client] = key;
        }

        if (clients.Length > MostKeys)
            settings.Error(KeysSection, $"has more than {MostKeys} clients");
        return keys;
    }

    private static string? Rule(string text) =>
        text.Length is < MinLength or > SharedKeys.MaxLength || !text.All(letter => letter is > ' ' and < '\x7f')
            ? $"must be {MinLength} to {SharedKeys.MaxLength} printable ASCII characters without spaces"
            : ApiKeyText.TryParse(text, out _) ? "is an API key; those need no migration" : null;

    private static DateTimeOffset? ReadTime(SettingsReader settings, string name)
    {
        if (settings.Text(name) is not { } text)
            return null;
        if (DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time.ToUniversalTime();
        settings.Error(name, "must be a date or a time with its zone, such as 2027-01-31 or 2027-01-31T12:00:00Z");
        return null;
    }
}
