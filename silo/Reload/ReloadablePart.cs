using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Reload;

/// <summary>Something that can go on with other settings without a restart.</summary>
/// <param name="Settings">What the names of its settings begin with.</param>
/// <param name="Prepare">Makes ready what the settings ask for and tells what is wrong with it. Nothing is in use yet: what it returns
/// puts it into use and can't fail.</param>
public sealed record ReloadablePart(string Settings, Func<SiloSettings, List<SettingError>, Action> Prepare)
{
    public bool Owns(string setting) => setting.StartsWith(Settings, StringComparison.OrdinalIgnoreCase);
}
