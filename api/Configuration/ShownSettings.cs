namespace Tumbler.Api.Configuration;

/// <summary>The settings the process runs with, as they may be shown.</summary>
public sealed class ShownSettings
{
    private volatile ConfigView current = new("", "", default, []);

    public ConfigView Current => current;

    public void Replace(ConfigView view) => current = view;
}
