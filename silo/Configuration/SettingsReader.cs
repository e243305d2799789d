using System.Globalization;
using Microsoft.Extensions.Configuration;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Limits;
using Tumbler.Silo.Secrets;

namespace Tumbler.Silo.Configuration;

/// <summary>Reads typed settings and collects every error instead of stopping at the first. It remembers the names it was
/// asked for, so that at the end it knows which of the given names nobody reads.</summary>
/// <param name="development">False is production: nothing self-made, nothing unsafe.</param>
/// <param name="directory">Where relative paths begin.</param>
/// <param name="managed">What the secret manager said of the secrets that the settings name.</param>
public sealed class SettingsReader(IConfiguration configuration, bool development, string directory, ManagedSecrets managed)
{
    // Read by the framework, not by us.
    private const string ForeignSection = "Logging:";

    private const int MaxNameLength = 64;

    private const int MaxLimit = 1_000_000;

    private static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(1), MaxWindow = TimeSpan.FromHours(24);

    private readonly HashSet<string> asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> sections = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SettingError> errors = [];
    private readonly List<SettingError> warnings = [];
    private readonly Dictionary<string, ReadSetting> read = new(StringComparer.OrdinalIgnoreCase);

    public bool Development => development;

    public IReadOnlyList<SettingError> Errors => errors;

    /// <summary>What an operator should know about settings that work.</summary>
    public IReadOnlyList<SettingError> Warnings => warnings;

    /// <summary>Everything that was given and is right.</summary>
    public IReadOnlyDictionary<string, ReadSetting> Given => read;

    /// <summary>What may be given besides.</summary>
    public IEnumerable<string> NotGiven => asked.Where(name => !read.ContainsKey(name) && !sections.Contains(name) && !SettingNames.IsPlaceOfSecret(name));

    public void Error(string name, string message) => errors.Add(new SettingError(name, message));

    /// <summary>For what is refused in production only.</summary>
    public void RefuseInProduction(string name, string message)
    {
        if (!development)
            Error(name, message);
    }

    public string? Text(string name)
    {
        var value = Checked(name);
        if (value is not null)
            read[name] = new ReadSetting(name, SettingNames.SourceOf(configuration, name), new SecretText(value), SettingKind.Plain);
        return value;
    }

    private string? Checked(string name)
    {
        asked.Add(name);
        var value = configuration[name];
        if (value is null)
            return null;
        if (string.IsNullOrWhiteSpace(value))
            Error(name, "is empty; give a value or leave it out");
        else if (value.Any(char.IsControl))
            Error(name, "must not contain control characters");
        else
            return value;
        return null;
    }

    /// <summary>A name that people and programs write: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public string? Name(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (text.Length <= MaxNameLength && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            return text;
        Error(name, $"must be 1 to {MaxNameLength} of [A-Za-z0-9._-]");
        return null;
    }

    /// <summary>For a secret that is given where nothing uses it: somebody believes that something does.</summary>
    public void RefuseGiven(string secret, string message)
    {
        foreach (var name in (string[])[secret, .. SettingNames.PlacesOf(secret)])
        {
            if (Checked(name) is not null)
                Error(name, message);
        }
    }

    public int? Integer(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return value;
        Error(name, "must be a whole number");
        return null;
    }

    public double? Number(string name, double min, double max)
    {
        if (Text(name) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max)
            return value;
        Error(name, $"must be a number from {min:N0} to {max:N0}");
        return null;
    }

    public bool? Boolean(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (bool.TryParse(text, out var value))
            return value;
        Error(name, "must be true or false");
        return null;
    }

    public TimeSpan? Duration(string name, TimeSpan min, TimeSpan max)
    {
        if (Text(name) is not { } text)
            return null;
        if (Contracts.Input.Duration.TryParse(text, out var value) && value >= min && value <= max)
            return value;
        Error(name, $"must be a duration from {Contracts.Input.Duration.Format(min)} to {Contracts.Input.Duration.Format(max)}, such as 90s, 5m or PT1H");
        return null;
    }

    /// <summary>One of an enumeration's names as we write them (<c>journal</c>).</summary>
    public T? OneOf<T>(string name) where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(Names.SnakeCase(value), text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        Error(name, $"must be {string.Join(" or ", Enum.GetValues<T>().Select(Names.SnakeCase))}");
        return null;
    }

    public string? FullPath(string name) => Text(name) is { } path ? FullPathOf(path) : null;

    public string FullPathOf(string path) => Path.GetFullPath(path, directory);

    /// <summary>A secret, given as it is by <paramref name="name"/>, as a file's content by <c>name_FILE</c>, or by its place in the secret
    /// manager by <c>name_VAULT</c>. Two of them are an error: whichever won, the other would be a secret that someone believes to be in
    /// use.</summary>
    /// <param name="rule">What the secret must be, or null when it is so.</param>
    /// <param name="selfMade">Whether development makes its own when none is given.</param>
    /// <returns>Null after an error, or when development has to make its own.</returns>
    public SecretText? Secret(string name, Func<string, string?> rule, bool selfMade = true, SettingKind kind = SettingKind.Secret)
    {
        if (!IsGiven(name) && !SettingNames.PlacesOf(name).Any(IsGiven) && !(development && selfMade))
            Error(name, $"is required{(selfMade ? " in production" : "")}; give it, or a file that holds it by {name}_FILE");
        return OptionalSecret(name, rule, kind);
    }

    /// <returns>Null when it is not given, or after an error.</returns>
    /// <inheritdoc cref="Secret"/>
    public SecretText? OptionalSecret(string name, Func<string, string?> rule, SettingKind kind = SettingKind.Secret)
    {
        var (fileName, vaultName) = ($"{name}_FILE", $"{name}_VAULT");
        var (value, file, vault) = (Checked(name), Checked(fileName), Checked(vaultName));
        string[] ways = [.. new[] { (name, value), (fileName, file), (vaultName, vault) }.Where(way => way.Item2 is not null).Select(way => way.Item1)];
        if (ways.Length > 1)
        {
            Error(ways[0], $"is given, and {ways[1]} too; give one of them");
            return null;
        }

        var (given, source) = file is not null ? (FileContent(fileName, file), $"file {FullPathOf(file)}")
            : vault is not null ? (Managed(vaultName, vault), $"vault {vault}")
            : (value, SettingNames.SourceOf(configuration, name));
        if (given is null)
            return null;
        if (rule(given) is { } complaint)
        {
            Error(ways[0], complaint);
            return null;
        }

        var secret = new SecretText(given);
        read[name] = new ReadSetting(name, source, secret, kind);
        return secret;
    }

    /// <summary>So many in so long: <c>100/1m</c>; null for <c>off</c>.</summary>
    public QuotaRule? Quota(string name, QuotaRule? unset)
    {
        if (Text(name) is not { } text)
            return unset;
        if (text == "off")
            return null;
        if (text.Split('/') is [var number, var length]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            && Contracts.Input.Duration.TryParse(length, out var window) && window >= MinWindow && window <= MaxWindow)
            return new QuotaRule(limit, window);
        Error(name, $"must be off, or a number from 1 to {MaxLimit:N0} and a duration from PT1S to PT24H, such as 100/1m");
        return null;
    }

    /// <summary>A secret that only ever stands in a file.</summary>
    public SecretText? FileSecret(string name) =>
        Text(name) is { } file && FileContent(name, file) is { } secret ? new SecretText(secret) : null;

    /// <summary>Several values: in one text, separated by <c>;</c>, or numbered, as the arrays of JSON are.</summary>
    public IReadOnlyList<string> List(string name)
    {
        var numbers = configuration.GetSection(name).GetChildren().Select(child => child.Key).ToList();
        var numbered = numbers.Select(number => Text($"{name}:{number}")).OfType<string>().ToList();
        if (Text(name) is not { } text)
            return numbered;
        if (numbers.Count > 0)
            Error(name, $"is given, and {name}:{numbers[0]} too; give one of them");
        return text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Whether there is anything under this name; who reads it finds out whether it is good.</summary>
    public bool IsGiven(string name) => configuration.GetSection(name).Exists();

    /// <summary>The file that a secret stands in, or null.</summary>
    public string? FileOf(string secret) => configuration[$"{secret}_FILE"] is { } file ? FullPathOf(file) : null;

    /// <summary>Say no more than is needed of a file with a secret: whoever may write it has it changed, whoever may read it knows it.</summary>
    public void CheckAccess(string name, string file)
    {
        var others = SecretFile.Others(FullPathOf(file));
        if (others.Write)
            RefuseInProduction(name, $"everybody may write the file {file}, which production refuses; chmod o-rwx it");
        else if (others.Read)
            warnings.Add(new SettingError(name, $"everybody on this machine may read the file {file}; chmod o-rwx it"));
    }

    /// <summary>One secret for two uses: who has learnt it by the one has the other.</summary>
    public void RefuseEqualSecrets()
    {
        var secrets = read.Values.Where(setting => setting.Kind == SettingKind.Secret).OrderBy(setting => setting.Name, StringComparer.Ordinal).ToArray();
        for (var i = 1; i < secrets.Length; i++)
        {
            if (secrets.Take(i).FirstOrDefault(other => other.Value.Reveal() == secrets[i].Value.Reveal()) is { } twin)
                RefuseInProduction(secrets[i].Name, $"is the same secret as {twin.Name}, which production refuses; each needs its own");
        }
    }

    /// <summary>The names directly below a section: ring ids, list positions.</summary>
    public IReadOnlyList<string> NamesBelow(string section)
    {
        asked.Add(section);
        sections.Add(section);
        if (configuration[section] is not null)
            Error(section, $"is a section; give {section}:{{name}}:… instead");
        return [.. configuration.GetSection(section).GetChildren().Select(child => child.Key)];
    }

    /// <summary>Call last: every name that is given and that nothing asked for is an error.</summary>
    public void RefuseUnknown()
    {
        foreach (var (name, value) in configuration.AsEnumerable().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (value is null || asked.Contains(name) || IsForeign(name))
                continue;
            var meant = ClosestName.Among(asked, name);
            Error(name, meant is null ? "unknown setting" : $"unknown setting; did you mean {meant}?");
        }
    }

    private static bool IsForeign(string name) =>
        name.StartsWith(ForeignSection, StringComparison.OrdinalIgnoreCase)
        && !LoggingOptions.Sections.Any(section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase));

    private string? FileContent(string name, string file)
    {
        if (SecretFile.TryRead(FullPathOf(file), out var content, file) is { } problem)
            Error(name, problem);
        else
            CheckAccess(name, file);
        return content;
    }

    private string? Managed(string name, string text)
    {
        if (!SecretAddress.TryParse(text, out var address))
        {
            Error(name, SecretAddress.Form);
            return null;
        }

        var answer = managed.Answer(address);
        if (answer.Problem is { } problem)
            errors.Add(new SettingError(name, problem) { MayPass = answer.MayPass });
        return answer.Value?.Reveal();
    }
}
