namespace Tumbler.Client;

/// <summary>The settings are wrong, and the process does not start with them. The message is one list of all that is wrong.</summary>
public sealed class TumblerSettingsException : Exception
{
    /// <summary>No settings in particular.</summary>
    public TumblerSettingsException()
        : this([])
    {
    }

    /// <summary>A single thing that is wrong.</summary>
    public TumblerSettingsException(string message)
        : this([message])
    {
    }

    /// <summary>A single thing that is wrong, and what made it so.</summary>
    public TumblerSettingsException(string message, Exception innerException)
        : base(message, innerException) => Errors = [message];

    /// <summary>All that is wrong, each with the setting's name.</summary>
    public TumblerSettingsException(IReadOnlyList<string> errors)
        : base(Text(errors)) => Errors = errors;

    /// <summary>One line for each thing that is wrong: the setting's name, a colon, the rule.</summary>
    public IReadOnlyList<string> Errors { get; }

    private static string Text(IReadOnlyList<string> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var head = errors.Count == 1 ? "Tumbler can't guard this service: 1 setting is wrong." : $"Tumbler can't guard this service: {errors.Count} settings are wrong.";
        return string.Join(Environment.NewLine + "  ", [head, .. errors]);
    }
}
