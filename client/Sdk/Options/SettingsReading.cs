using Microsoft.Extensions.Configuration;

namespace Tumbler.Client.Options;

/// <summary>Reads <see cref="TumblerOptions"/> from a configuration and says everything that is wrong with it, instead of stopping at the first.</summary>
internal sealed class SettingsReading(IConfiguration section, List<string> errors)
{
    private static readonly (string Text, TumblerModes Mode)[] Modes =
        [("jwt", TumblerModes.Jwt), ("api_key", TumblerModes.ApiKey), ("mtls", TumblerModes.Mtls)];

    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase) { "Outbound" };

    public void Into(TumblerOptions options)
    {
        if (List(nameof(options.Mode)) is { } modes)
            options.Mode = ReadModes(modes);
        Text(nameof(options.Issuer), text => options.Issuer = text);
        Fill(nameof(options.Audience), options.Audience);
        Text(nameof(options.JwksUrl), text => options.JwksUrl = text);
        Text(nameof(options.PemFile), text => options.PemFile = text);
        Fill(nameof(options.Algorithms), options.Algorithms);
        Fill(nameof(options.TokenTypes), options.TokenTypes);
        Duration(nameof(options.Skew), value => options.Skew = value);
        Bool(nameof(options.Enforce), value => options.Enforce = value);
        Fill(nameof(options.ExemptPaths), options.ExemptPaths);
        Text(nameof(options.RoleClaim), text => options.RoleClaim = text);
        Duration(nameof(options.KeysRefresh), value => options.KeysRefresh = value);
        Duration(nameof(options.KeysStaleLimit), value => options.KeysStaleLimit = value);
        Duration(nameof(options.UnknownKidCooldown), value => options.UnknownKidCooldown = value);
        Bool(nameof(options.KillList), value => options.KillList = value);
        Text(nameof(options.RevocationsUrl), text => options.RevocationsUrl = text);
        Duration(nameof(options.RevocationsRefresh), value => options.RevocationsRefresh = value);
        Duration(nameof(options.RevocationsStaleLimit), value => options.RevocationsStaleLimit = value);
        Text(nameof(options.ApiKeyVerifyUrl), text => options.ApiKeyVerifyUrl = text);
        Duration(nameof(options.ApiKeyCache), value => options.ApiKeyCache = value);
        Fill(nameof(options.TrustedProxies), options.TrustedProxies);
        Text(nameof(options.SubjectHeader), text => options.SubjectHeader = text);
        Fill(nameof(options.AllowedSubjects), options.AllowedSubjects, separated: false);
        Bool(nameof(options.AllowHttp), value => options.AllowHttp = value);
        foreach (var other in section.GetChildren().Where(child => !known.Contains(child.Key)))
            Wrong(other.Key, "unknown setting.");
    }

    private void Wrong(string name, string rule) => errors.Add($"{(section as IConfigurationSection)?.Path ?? "Tumbler"}:{name}: {rule}");

    private TumblerModes ReadModes(string[] texts)
    {
        var modes = TumblerModes.None;
        foreach (var text in texts)
        {
            if (Array.Find(Modes, mode => mode.Text == text) is { Text: not null } found)
                modes |= found.Mode;
            else
                Wrong(nameof(TumblerOptions.Mode), "must be jwt, api_key or mtls, or several of them.");
        }

        return modes;
    }

    private string? Value(string name)
    {
        known.Add(name);
        var setting = section.GetSection(name);
        if (setting.Value is null && setting.GetChildren().Any())
            Wrong(name, "must be one value, not a list.");
        return setting.Value;
    }

    private void Text(string name, Action<string> set)
    {
        if (Value(name) is { } text)
            set(text);
    }

    private void Bool(string name, Action<bool> set)
    {
        if (Value(name) is not { } text)
            return;
        if (bool.TryParse(text, out var value))
            set(value);
        else
            Wrong(name, "must be true or false.");
    }

    private void Duration(string name, Action<TimeSpan> set)
    {
        if (Value(name) is not { } text)
            return;
        if (ShortDuration.TryParse(text, out var value))
            set(value);
        else
            Wrong(name, "must be a duration such as 500ms, 30s, 5m, 24h, 7d or PT30S.");
    }

    /// <summary>What is given takes the place of the default, not a place beside it.</summary>
    private void Fill(string name, IList<string> list, bool separated = true)
    {
        if (List(name, separated) is not { } values)
            return;
        list.Clear();
        foreach (var value in values)
            list.Add(value);
    }

    private string[]? List(string name, bool separated = true)
    {
        known.Add(name);
        var setting = section.GetSection(name);
        if (setting.Value is { } text)
            return separated ? text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [text];
        var children = setting.GetChildren().Select(child => child.Value ?? "").ToArray();
        return children.Length == 0 ? null : children;
    }
}
