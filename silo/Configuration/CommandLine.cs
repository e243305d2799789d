namespace Tumbler.Silo.Configuration;

/// <summary>Arguments of the form <c>--Section:Key value</c> or <c>--Section:Key=value</c>; nothing else, so that no
/// argument is ignored. Of a name given twice the last counts.</summary>
internal static class CommandLine
{
    /// <summary>Far more than any setting's. Reading a section reads all that it is within, so a name's length counts twice.</summary>
    private const int MostInName = 256;

    public static Dictionary<string, string?> Parse(IReadOnlyList<string> arguments, ICollection<SettingError> errors)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            if (!name.StartsWith("--", StringComparison.Ordinal) || name.Length == 2)
            {
                // Not repeated: it may be the rest of a secret that was not quoted.
                errors.Add(new SettingError($"argument {i + 1}", "must be --Section:Key value"));
                continue;
            }

            var place = i + 1;
            var value = equals >= 0 ? argument[(equals + 1)..]
                : i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[++i]
                : null;
            if (name.Length > MostInName)
                errors.Add(new SettingError($"argument {place}", $"begins with a name of more than {MostInName} characters"));
            else if (value is null)
                errors.Add(new SettingError(name[2..], $"has no value; write {name} value, or {name}=value when the value begins with --"));
            else
                settings[name[2..]] = value;
        }

        return settings;
    }
}
