using System.Globalization;
using Microsoft.Extensions.Configuration;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Limits;

namespace Tumbler.Silo.Configuration;

/// <summary>Reads typed settings and collects every error instead of stopping at the first. It remembers the names it was
/// asked for, so that at the end it knows which of the given names nobody reads.</summary>
/// <param name="development">False is production: nothing self-made, nothing unsafe.</param>
/// <param name="directory">Where relative paths begin.</param>
public sealed class SettingsReader(IConfiguration configuration, bool development, string directory)
{
    // Read by the framework, not by us.
    private const string ForeignSection = "Logging:";

    private const int MaxNameLength = 64;

    private const int MaxLimit = 1_000_000;

    private static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(1), MaxWindow = TimeSpan.FromHours(24);

    private readonly HashSet<string> asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SettingError> errors = [];

    public bool Development => development;

    public IReadOnlyList<SettingError> Errors => errors;

    public void Error(string name, string message) => errors.Add(new SettingError(name, message));

    public string? Text(string name)
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
        foreach (var name in (string[])[secret, $"{secret}_FILE"])
        {
            if (Text(name) is not null)
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

    /// <summary>A secret, given as it is by <paramref name="name"/> or as a file's content by <c>name_FILE</c>. Both is an
    /// error: whichever won, the other would be a secret that someone believes to be in use.</summary>
    /// <param name="rule">What the secret must be, or null when it is so.</param>
    /// <param name="selfMade">Whether development makes its own when none is given.</param>
    /// <returns>Null after an error, or when development has to make its own.</returns>
    public SecretText? Secret(string name, Func<string, string?> rule, bool selfMade = true)
    {
        var fileName = $"{name}_FILE";
        var (value, file) = (Text(name), Text(fileName));
        if (value is not null && file is not null)
        {
            Error(name, $"is given, and {fileName} too; give one of them");
            return null;
        }

        if (configuration[name] is null && configuration[fileName] is null && !(development && selfMade))
            Error(name, $"is required{(selfMade ? " in production" : "")}; give it, or a file that holds it by {fileName}");

        var secret = file is not null ? FileContent(fileName, file) : value;
        if (secret is null)
            return null;
        if (rule(secret) is { } complaint)
        {
            Error(file is not null ? fileName : name, complaint);
            return null;
        }

        return new SecretText(secret);
    }

    /// <summary>The same for one that need not be.</summary>
    public SecretText? OptionalSecret(string name, Func<string, string?> rule)
    {
        asked.UnionWith([name, $"{name}_FILE"]);
        return configuration[name] is null && configuration[$"{name}_FILE"] is null ? null : Secret(name, rule);
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

    /// <summary>The names directly below a section: ring ids, list positions.</summary>
    public IReadOnlyList<string> NamesBelow(string section)
    {
        asked.Add(section);
        if (configuration[section] is not null)
            Error(section, $"is a section; give {section}:{{name}}:… instead");
        return [.. configuration.GetSection(section).GetChildren().Select(child => child.Key)];
    }

    /// <summary>Call last: every name that is given and that nothing asked for is an error.</summary>
    public void RefuseUnknown()
    {
        foreach (var (name, value) in configuration.AsEnumerable().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (value is null || asked.Contains(name) || name.StartsWith(ForeignSection, StringComparison.OrdinalIgnoreCase))
                continue;
            var meant = ClosestName.Among(asked, name);
            Error(name, meant is null ? "unknown setting" : $"unknown setting; did you mean {meant}?");
        }
    }

    private string? FileContent(string name, string file)
    {
        try
        {
            var content = SecretFile.TrimNewline(File.ReadAllText(FullPathOf(file)));
            if (content.Length > 0)
                return content;
            Error(name, $"the file {file} is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Error(name, $"the file {file} can't be read: {(e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : e.Message)}");
        }

        return null;
    }
}
