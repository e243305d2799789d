namespace Tumbler.Client.Options;

/// <summary>What was wrong with the texts of a configuration, before their values could be looked at.</summary>
/// <param name="path">The section's, for messages.</param>
internal sealed class SettingsErrors(string path)
{
    public string Path => path;

    public List<string> Found { get; } = [];
}
