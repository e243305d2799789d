namespace Tumbler.Cli.Configuration;

/// <summary>The settings of the process that answered, secrets masked by it.</summary>
internal sealed record ShownSettings(string Node, string Environment, DateTimeOffset ReadAt, IReadOnlyList<ShownSettings.Setting> Settings)
{
    /// <param name="Source"><c>default</c> where it is not given.</param>
    internal sealed record Setting(string Name, string? Value, string Source, bool Secret);
}
